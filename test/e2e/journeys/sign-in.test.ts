import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { SQLITE } from '../../support/engines.js'
import { openAccount, PASSWORD } from '../../support/staff.js'
import { inBrowser } from '../in-browser.js'
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

const OTHER = 'tutta un’altra password'

inBrowser('somebody who works here signs in (A2)', () => {
  let app: TestApp
  let visit: Visit
  let username: string
  let number = 0
  before(async () => {
    app = await startApp(SQLITE)
  })
  beforeEach(async () => {
    visit = await Visit.begin(app)
    username = await openAccount(app, { username: `anna-${(number += 1)}` })
  })
  afterEach(() => visit.end())
  after(() => app.close())

  /** @returns the account's page */
  const enter = async (one: Visit, password = PASSWORD): Promise<AccountPage> => {
    await one.open('/account')
    await (await new SignInPage(one).find()).send(username, password)
    return new AccountPage(one).find()
  }

  it('by the keyboard alone: the name has the focus, Enter sends, a mistake is read out, the name stays', async () => {
    const { page } = await visit.open('/entra?verso=/account')
    const form = await new SignInPage(visit).find()
    expect(await form.focused()).to.equal('username')
    await page.keyboard.type(username)
    await page.keyboard.press('Tab')
    await page.keyboard.type('not this one')
    await page.keyboard.press('Enter')
    await form.findAgain(form.notice())
    expect(await form.focused()).to.equal('notice')
    expect(await page.inputValue('#username')).to.equal(username)
    expect(await page.inputValue('#password')).to.equal('')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    const account = await new AccountPage(visit).arrive()
    expect(await account.test('username').innerText()).to.equal(username)
    expect(await account.test('role').innerText()).to.equal(visit.t('staff.roles.operator'))
  })

  it('looks at the password, which is sent as one all the same; Caps Lock is told', async () => {
    const { page } = await visit.open('/entra?verso=/account')
    await page.fill('#username', username)
    await page.fill('#password', PASSWORD)
    const type = () => page.getAttribute('#password', 'type')
    const show = page.getByRole('button', { name: visit.t('staff.showPassword') })
    await show.click()
    expect(await type()).to.equal('text')
    await page.getByRole('button', { name: visit.t('staff.hidePassword') }).click()
    expect(await type()).to.equal('password')
    const hint = page.locator('.password-caps')
    const press = (isOn: boolean) =>
      page.evaluate((modifierCapsLock) => {
        const event = new KeyboardEvent('keydown', { key: 'a', modifierCapsLock, bubbles: true })
        document.querySelector('#password')?.dispatchEvent(event)
      }, isOn)
    await press(true)
    expect(await hint.innerText()).to.equal(visit.t('staff.capsLock'))
    await press(false)
    expect(await hint.textContent()).to.equal('')
    await show.click()
    await new SignInPage(visit).test('sign-in').click()
    await new AccountPage(visit).find()
  })

  it('a session that has ended leads to signing in, and from there to where one was', async () => {
    const account = await enter(visit)
    app.clock.advanceMinutes(31)
    await account.totp(PASSWORD)
    const again = await new SignInPage(visit).find()
    expect(await again.notice().innerText()).to.include(visit.t('staff.notices.session-over.title'))
    await again.send(username, PASSWORD)
    await new AccountPage(visit).find()
    expect(new URL(visit.page.url()).pathname).to.equal('/account')
  })

  it('another password, TOTP and signing out everywhere end the session of another browser', async () => {
    const other = await Visit.begin(app, { fresh: true })
    const isOut = async () => {
      await other.open('/account')
      await new SignInPage(other).find()
    }
    await enter(visit)
    await enter(other)
    await visit.open('/password')
    await new PasswordPage(visit).choose(OTHER, { current: PASSWORD })
    const account = await new AccountPage(visit).find()
    await isOut()
    await enter(other, OTHER)
    await account.totp(OTHER)
    const offer = await new TotpPage(visit).arrive()
    const code = await offer.authenticator(app)
    await offer.send(code())
    await (await new RecoveryPage(visit).find()).goOn()
    await new AccountPage(visit).find()
    await isOut()
    app.clock.advanceMinutes(1)
    await other.open('/entra?verso=/account')
    await new SignInPage(other).send(username, OTHER)
    const asked = await new CodePage(other).arrive()
    expect(await asked.focused()).to.equal('totp')
    await asked.send(code())
    await new AccountPage(other).find()
    await visit.page.reload()
    await new AccountPage(visit).test('sign-out-everywhere').click()
    await new SignInPage(visit).find()
    await isOut()
    await other.end()
  })

  it('without scripts: sign in, set TOTP up, sign out, sign in with the code', async () => {
    const plain = await Visit.begin(app, { javaScriptEnabled: false })
    const account = await enter(plain)
    await account.totp(PASSWORD)
    const offer = await new TotpPage(plain).arrive()
    const code = await offer.authenticator(app)
    await offer.send(code())
    await (await new RecoveryPage(plain).find()).goOn()
    await (await new AccountPage(plain).find()).test('sign-out').click()
    await new SignInPage(plain).find()
    app.clock.advanceMinutes(1)
    await plain.open('/entra?verso=/account')
    await new SignInPage(plain).send(username, PASSWORD)
    await (await new CodePage(plain).arrive()).send(code())
    await new AccountPage(plain).arrive()
    await plain.end()
  })

  it('with a recovery code when the phone is lost; a mistake keeps the form open, and how many are left is said (A2)', async () => {
    const account = await enter(visit)
    await account.totp(PASSWORD)
    const offer = await new TotpPage(visit).arrive()
    const code = await offer.authenticator(app)
    await offer.send(code())
    const made = await new RecoveryPage(visit).arrive()
    const codes = await made.codes()
    expect(codes).to.have.lengthOf(10)
    expect(await visit.page.getByRole('button', { name: visit.t('staff.recovery.print') }).isVisible()).to.equal(true)
    await made.goOn()
    const lost = await Visit.begin(app, { fresh: true })
    await lost.open('/entra?verso=/account')
    await new SignInPage(lost).send(username, PASSWORD)
    const asked = await new CodePage(lost).arrive()
    await asked.recover('solo sei')
    await asked.findAgain(lost.page.locator('#recovery-error'))
    await asked.recover((codes[0] ?? '').toLowerCase())
    const inside = await new AccountPage(lost).arrive()
    expect(await inside.notice().innerText()).to.include(lost.t('staff.notices.recovery.title'))
    expect(await inside.test('recovery-left').innerText()).to.equal(lost.t('staff.recovery.left', { count: 9 }))
    await lost.page.fill('#password', PASSWORD)
    await inside.test('new-codes').click()
    const anew = await new RecoveryPage(lost).find()
    expect(await anew.codes()).not.to.include(codes[1])
    await lost.end()
  })

  it('a common password is refused in words, at its field (A2)', async () => {
    await enter(visit)
    await visit.open('/password')
    const form = new PasswordPage(visit)
    await form.choose('passwordpassword', { current: PASSWORD })
    await form.findAgain(visit.page.locator('#password-error'))
    expect(await visit.page.innerText('#password-error')).to.include(visit.t('staff.faults.password.password-common'))
    await form.choose('Legnano-Turno-2026', { current: PASSWORD })
    await form.findAgain(visit.page.getByText(visit.t('staff.faults.password.password-own-words')).first())
  })

  it('signing out where one chooses a counter asks about one’s own that is open (Q8)', async () => {
    await enter(visit)
    await visit.open('/operatore/sportello/legnano-1')
    await visit.page.locator('[data-test=counter]').click()
    await visit.page.waitForFunction(
      () =>
        document.body.innerText.includes('Sportello aperto') ||
        document.querySelector('[data-test=next]:not([disabled])'),
    )
    await visit.open('/operatore/scelta')
    await visit.page.locator('[data-test=sign-out]').click()
    const leave = await new LeavePage(visit).arrive()
    expect(await leave.test('held').innerText()).to.include('Legnano')
    await leave.test('leave').click()
    await new SignInPage(visit).find()
  })

  it('the other language keeps the way back', async () => {
    await visit.open('/entra?verso=%2Faccount%3Flang%3Dit')
    await visit.page.click('.languages a[lang=en]')
    expect(await visit.page.locator('h1').innerText()).to.equal('Staff sign-in')
    await new SignInPage(visit).send(username, PASSWORD)
    await visit.page.waitForURL('**/account?lang=it')
  })

  it('after signing out, the browser’s back button shows nothing of the account', async () => {
    const account = await enter(visit)
    await account.test('sign-out-here').click()
    await new SignInPage(visit).find()
    await visit.page.goBack()
    await new SignInPage(visit).find()
  })
})
