import { LANGS } from '../../../src/messages/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { SQLITE } from '../../support/engines.js'
import { openAccount, PASSWORD, signedIn } from '../../support/staff.js'
import { expectInOrder } from '../checks/in-order.js'
import { inBrowser } from '../in-browser.js'
import type { CitizenPage } from '../pages/citizen-page.js'
import {
  AccountPage,
  CodePage,
  LeavePage,
  PasswordPage,
  RecoveryPage,
  SignInPage,
  TotpPage,
} from '../pages/staff-pages.js'
import { Visit } from '../pages/visit.js'

interface Scene {
  app: TestApp
  visit: Visit
  username: string
}

async function signIn({ visit, username }: Scene, verso = '/account', password = PASSWORD): Promise<void> {
  await visit.open(`/entra?verso=${verso}`)
  await new SignInPage(visit).send(username, password)
}

/** Turns TOTP on. */
async function withTotp(scene: Scene): Promise<() => string> {
  await signIn(scene)
  await (await new AccountPage(scene.visit).find()).totp(PASSWORD)
  const page = await new TotpPage(scene.visit).find()
  const code = await page.authenticator(scene.app)
  await page.send(code())
  await (await new RecoveryPage(scene.visit).find()).goOn()
  await new AccountPage(scene.visit).find()
  scene.app.clock.advanceMinutes(1)
  return code
}

async function toCode(scene: Scene): Promise<CodePage> {
  await withTotp(scene)
  await new AccountPage(scene.visit).test('sign-out-here').click()
  await new SignInPage(scene.visit).find()
  await signIn(scene)
  return new CodePage(scene.visit).find()
}

/** With a one-time password, as an admin gives it. */
async function newcomer({ app, visit, username }: Scene): Promise<PasswordPage> {
  const admin = await signedIn(app, { role: 'admin', username: `capo-${username}` })
  const { body } = await admin.post('/staff', { username: `nuovo-${username}`, role: 'operator', sites: ['legnano'] })
  await signIn({ app, visit, username: `nuovo-${username}` }, '/account', body.password as string)
  return new PasswordPage(visit, { once: true })
}

const shown = async <P extends CitizenPage>(page: P, what: 'errors' | 'notice'): Promise<P> => {
  await page[what]().waitFor()
  return page
}

const STATES: Record<string, (scene: Scene) => Promise<CitizenPage>> = {
  'signing in': async ({ visit }) => new SignInPage((await visit.open('/entra')) && visit),
  'signing in, nothing written': async ({ visit }) => {
    await visit.open('/entra')
    await new SignInPage(visit).send('', '')
    return shown(new SignInPage(visit), 'errors')
  },
  'signing in, refused': async (scene) => {
    await signIn(scene, '/account', 'not this one')
    return shown(new SignInPage(scene.visit), 'notice')
  },
  'signing in, after the session has ended': async (scene) => {
    await signIn(scene)
    await new AccountPage(scene.visit).find()
    scene.app.clock.advanceMinutes(31)
    await scene.visit.page.reload()
    return shown(new SignInPage(scene.visit), 'notice')
  },
  'the code': toCode,
  'the code, a wrong one': async (scene) => {
    await (await toCode(scene)).send('12')
    return shown(new CodePage(scene.visit), 'errors')
  },
  'the code, too late': async (scene) => {
    const page = await toCode(scene)
    scene.app.clock.advanceMinutes(11)
    await page.send('123456')
    return shown(new SignInPage(scene.visit), 'notice')
  },
  'a first password of one’s own': newcomer,
  'a first password of one’s own, too short': async (scene) => {
    await (await newcomer(scene)).choose('troppo corta')
    return shown(new PasswordPage(scene.visit, { once: true }), 'errors')
  },
  'another password': async (scene) => {
    await signIn(scene)
    await scene.visit.open('/password')
    return new PasswordPage(scene.visit)
  },
  'another password, nothing written': async (scene) => {
    await signIn(scene)
    await scene.visit.open('/password')
    await new PasswordPage(scene.visit).choose('')
    return shown(new PasswordPage(scene.visit), 'errors')
  },
  'the account': async (scene) => {
    await signIn(scene)
    return new AccountPage(scene.visit)
  },
  'the account, after another password': async (scene) => {
    await signIn(scene)
    await scene.visit.open('/password')
    await new PasswordPage(scene.visit).choose('tutta un’altra password', { current: PASSWORD })
    return shown(new AccountPage(scene.visit), 'notice')
  },
  'the account, a wrong password for TOTP': async (scene) => {
    await signIn(scene)
    await new AccountPage(scene.visit).totp('not this one')
    return shown(new AccountPage(scene.visit), 'errors')
  },
  'the account, with TOTP': async (scene) => {
    await withTotp(scene)
    return new AccountPage(scene.visit)
  },
  'the recovery codes, shown once': async (scene) => {
    await signIn(scene)
    await new AccountPage(scene.visit).totp(PASSWORD)
    const page = await new TotpPage(scene.visit).find()
    const code = await page.authenticator(scene.app)
    await page.send(code())
    return new RecoveryPage(scene.visit)
  },
  'the code, a wrong recovery code': async (scene) => {
    const page = await toCode(scene)
    await page.recover('AAAAA-AAAAA')
    return shown(new CodePage(scene.visit), 'errors')
  },
  'before leaving': async (scene) => {
    await signIn(scene)
    await scene.visit.open('/account/esci')
    return new LeavePage(scene.visit)
  },
  'setting up TOTP': async (scene) => {
    await signIn(scene)
    await new AccountPage(scene.visit).totp(PASSWORD)
    return new TotpPage(scene.visit)
  },
  'setting up TOTP, a wrong code': async (scene) => {
    await signIn(scene)
    await new AccountPage(scene.visit).totp(PASSWORD)
    await new TotpPage(scene.visit).send('000000')
    return shown(new TotpPage(scene.visit), 'errors')
  },
  'signed out everywhere': async (scene) => {
    await signIn(scene)
    await new AccountPage(scene.visit).test('sign-out-everywhere').click()
    return shown(new SignInPage(scene.visit), 'notice')
  },
}

inBrowser('the pages of one’s account', () => {
  let app: TestApp | undefined
  let number = 0
  before(async () => {
    app = await startApp(SQLITE)
  })
  after(() => app?.close())

  for (const lang of LANGS) {
    describe(lang === 'it' ? 'in Italian' : 'in English', () => {
      let visit: Visit | undefined
      before(async () => {
        if (app) visit = await Visit.begin(app, { lang })
      })
      afterEach(() => visit?.forget())
      after(() => visit?.end())

      for (const [name, reach] of Object.entries(STATES)) {
        it(name, async () => {
          if (!app || !visit) throw new Error('not started')
          const username = await openAccount(app, { username: `anna-${(number += 1)}`, sites: ['legnano', 'magenta'] })
          await expectInOrder(await reach({ app, visit, username }))
        })
      }
    })
  }
})
