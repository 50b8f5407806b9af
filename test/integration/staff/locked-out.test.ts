import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { newTotpId, totpOf } from '../../../src/staff/totp.js'
import { builtPages } from '../../support/built.js'
import { startApp, type TestApp } from '../../support/app.js'
import type { Answer } from '../../support/client.js'
import { forEachEngine } from '../../support/engines.js'
import { openAccount, PASSWORD } from '../../support/staff.js'

const cookieOf = ({ headers }: Answer, name: string): string =>
  (headers.getSetCookie().find((text) => text.startsWith(`${name}=`)) ?? '').split(';')[0] ?? ''

const FLOOD = fileURLToPath(new URL('../../support/sign-in-flood.mjs', import.meta.url))

forEachEngine((engine) => {
  describe('nobody is locked out from afar (A2)', function () {
    this.timeout(60_000)
    let app: TestApp
    beforeEach(async () => {
      app = await startApp(engine, { settings: { RATE_LIMITS: 'on', TRUST_PROXY: '1' } })
      await openAccount(app, { username: 'anna' })
    })
    afterEach(() => app.close())

    const signIn = (from: string, password: string, { username = 'anna', cookie = '' } = {}): Promise<Answer> =>
      app.api.post('/session', { username, password }, { 'x-forwarded-for': from, ...(cookie && { cookie }) })
    /** The cookie of a browser in which somebody has signed in. */
    const known = async (from: string, username = 'anna', cookie = ''): Promise<string> => {
      const answer = await signIn(from, PASSWORD, { username, cookie })
      expect(answer.status).to.equal(200)
      const set = answer.headers.getSetCookie().find((text) => text.startsWith('known-device='))
      expect(set).to.match(/; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/)
      return cookieOf(answer, 'known-device')
    }

    /** Wave after wave, as fast as it is let. */
    const guesses = async (count: number, guess: (index: number) => Promise<Answer>): Promise<number[]> => {
      const seen = new Set<number>()
      for (let from = 0; from < count; from += 10) {
        const wave = await Promise.all(Array.from({ length: 10 }, (_, i) => guess(from + i)))
        for (const { status } of wave) seen.add(status)
      }
      return [...seen]
    }

    it('100 tries from one /60 leave the browser alone that somebody has signed in with', async () => {
      const cookie = await known('198.51.100.1')
      const tries = await guesses(100, (i) => signIn(`2001:db8:0:${(i % 16).toString(16)}::1`, `guess ${i}`))
      expect(tries).to.have.members([401, 429])
      expect((await signIn('198.51.100.1', PASSWORD)).status, 'a stranger waits a minute').to.equal(429)
      expect((await signIn('198.51.100.1', PASSWORD, { cookie })).status).to.equal(200)
      expect((await signIn('203.0.113.77', PASSWORD, { cookie })).status, 'wherever it is').to.equal(200)
    })

    it('one address that tries one name 20 times at once is told when to come again', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => signIn('192.0.2.9', 'guess')))
      const refused = answers.filter(({ status }) => status === 429)
      expect(refused.length).to.be.within(10, 19)
      for (const { headers } of refused) expect(Number(headers.get('retry-after'))).to.be.within(1, 900)
    })

    it('a guest behind the office’s address shuts nobody out who works there', async () => {
      await openAccount(app, { username: 'bruno' })
      const cookie = await known('198.51.100.1', 'bruno', await known('198.51.100.1'))
      const tries = await guesses(80, (i) => signIn('198.51.100.1', 'guess', { username: `guest${i}` }))
      expect(tries).to.have.members([401, 429])
      for (const username of ['anna', 'bruno'])
        expect((await signIn('198.51.100.1', PASSWORD, { username, cookie })).status, username).to.equal(200)
    })

    it('who guesses one name from one address is slowed down, then told when to come back, within 20 tries', async () => {
      const startedMs = performance.now()
      const answers: Answer[] = []
      while (answers.length < 20 && answers.at(-1)?.status !== 429) answers.push(await signIn('192.0.2.9', 'guess'))
      expect(answers.at(-1)?.status).to.equal(429)
      expect(Number(answers.at(-1)?.headers.get('retry-after'))).to.be.within(1, 900)
      expect(performance.now() - startedMs, 'slowed down first').to.be.above(1500)
    })

    it('a known browser guesses no more than others, and its cookie is good for its own people alone', async () => {
      const cookie = await known('198.51.100.1')
      const answers: Answer[] = []
      while (answers.length < 20 && answers.at(-1)?.status !== 429)
        answers.push(await signIn(`203.0.113.${answers.length}`, 'guess', { cookie }))
      expect(answers.at(-1)?.status).to.equal(429)
      await openAccount(app, { username: 'carla' })
      const tries = await guesses(60, (i) => signIn(`203.0.${i}.9`, 'guess', { username: 'carla' }))
      expect(tries).to.have.members([401, 429])
      expect((await signIn('198.51.100.1', PASSWORD, { username: 'carla', cookie })).status).to.equal(429)
      const forged = cookie.replace(/\..*/, `.${'A'.repeat(22)}`)
      expect((await signIn('198.51.100.1', PASSWORD, { username: 'carla', cookie: forged })).status).to.equal(429)
    })
  })

  describe('while others try a name (A2)', function () {
    this.timeout(60_000)
    let app: TestApp
    before(async () => {
      app = await startApp(engine, { settings: { RATE_LIMITS: 'on', TRUST_PROXY: '1' } })
    })
    after(() => app.close())
    let places = 0
    const elsewhere = () => `2001:db8:${((places += 1)).toString(16)}::1`
    const signIn = (body: object) => app.api.post('/session', body, { 'x-forwarded-for': elsewhere() })
    const withTotp = async (username: string) => {
      const totpId = newTotpId(app.secrets, await openAccount(app, { username }))
      await app.staff.accounts.change(username, { totpId })
      const totp = () => totpOf(app.secrets, { username, totpId }).generate({ timestamp: app.clock().getTime() })
      return { username, totp }
    }

    it('all names are answered alike, and a one-time password alone lets in', async () => {
      for (const username of ['ordinary', 'onetime', 'short']) await openAccount(app, { username })
      await app.staff.accounts.change('onetime', { mustChangePassword: true })
      // Chosen with TOTP, which an admin has taken away since.
      await app.staff.accounts.change('short', { mustChangePassword: true, passwordIsLong: false })
      const told: Record<string, string[]> = {}
      for (const username of ['ordinary', 'onetime', 'short', 'nobody']) {
        for (let i = 0; i < 20; i++) await signIn({ username, password: 'guess' })
        const [guess, right] = [
          await signIn({ username, password: 'guess' }),
          await signIn({ username, password: PASSWORD }),
        ]
        told[username] = [`${guess.status} ${guess.body.code}`, `${right.status}`]
        if (guess.status === 429) expect(Number(guess.headers.get('retry-after'))).to.be.within(1, 60)
      }
      const refused = '429 too-many-requests'
      expect(told).to.deep.equal({
        ordinary: [refused, '429'],
        onetime: [refused, '200'],
        short: [refused, '429'],
        nobody: [refused, '429'],
      })
    })

    it('ten wrong codes an hour after the right password, from wherever they are tried', async () => {
      const { username, totp } = await withTotp('thief')
      const attempt = (code: object) => signIn({ username, password: PASSWORD, ...code })
      const answers = []
      for (let i = 0; i < 5; i++)
        answers.push(await attempt({ totp: '000000' }), await attempt({ recoveryCode: 'AAAAAAAAAA' }))
      expect(answers.map(({ status }) => status)).to.deep.equal(Array(10).fill(401))
      const late = await attempt({ totp: totp() })
      expect([late.status, late.body.code]).to.deep.equal([429, 'too-many-requests'])
      expect(Number(late.headers.get('retry-after'))).to.be.within(3000, 3600)
    })

    it('who has not the password spends no codes of an account', async () => {
      const { username, totp } = await withTotp('victim')
      for (let i = 0; i < 12; i++) await signIn({ username, password: 'guess', totp: '000000' })
      expect((await signIn({ username, password: PASSWORD, totp: totp() })).status).to.equal(200)
    })
  })

  describe(`strangers who sign in all at once (A2)`, function () {
    this.timeout(60_000)
    let app: TestApp
    before(async () => {
      app = await startApp(engine, { settings: { TRUST_PROXY: '1' } })
      await openAccount(app, { username: 'anna' })
    })
    after(() => app.close())

    const signIn = (cookie = '') =>
      app.api.post('/session', { username: 'anna', password: PASSWORD }, { ...(cookie && { cookie }) })

    it('500 do not starve a colleague at a known browser, nor who is at work, nor files', async () => {
      const first = await signIn()
      const cookie = cookieOf(first, 'known-device')
      const desk = { cookie: `${cookieOf(first, 'staff')}; ${cookie}` }
      const flood = promisify(execFile)(process.execPath, [FLOOD, app.url, '500'])
      const asked: [string, number, number][] = []
      const ask = async (what: string, answer: () => Promise<{ status: number }>) => {
        const sinceMs = performance.now()
        asked.push([what, (await answer()).status, performance.now() - sinceMs])
      }
      const counts: Record<string, number>[] = []
      void flood.then(({ stdout }) => counts.push(JSON.parse(stdout) as Record<string, number>))
      while (counts.length === 0) {
        await ask('sign-in', () => signIn(cookie))
        await ask('at work', () => app.api.get('/sites/legnano/queue', desk))
        await ask('file', () => fetch(`${app.url}${builtPages()['page.js']}`))
        await new Promise((done) => setTimeout(done, 50))
      }
      expect(asked.length, 'asked during the flood').to.be.above(8)
      expect(asked.filter(([, status, ms]) => status !== 200 || ms > 5000)).to.deep.equal([])
      expect(counts[0], 'looked at, or turned away at once').to.have.all.keys('401', '503')
      expect(counts[0]?.['503']).to.be.above(300)
    })
  })
})
