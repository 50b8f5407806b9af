import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import type { Answer } from '../../support/client.js'
import { SQLITE } from '../../support/engines.js'
import { openAccount, PASSWORD } from '../../support/staff.js'

describe('nobody is locked out from afar (A2, C20)', function () {
  this.timeout(60_000)
  let app: TestApp
  beforeEach(async () => {
    app = await startApp(SQLITE, { settings: { RATE_LIMITS: 'on', TRUST_PROXY: '1' } })
    await openAccount(app, { username: 'anna' })
  })
  afterEach(() => app.close())

  const signIn = (from: string, password: string, { username = 'anna', cookie = '' } = {}): Promise<Answer> =>
    app.api.post('/session', { username, password }, { 'x-forwarded-for': from, ...(cookie && { cookie }) })
  /** The cookie of a browser in which somebody has signed in. */
  const known = async (from: string, username = 'anna', cookie = ''): Promise<string> => {
    const answer = await signIn(from, PASSWORD, { username, cookie })
    expect(answer.status).to.equal(200)
    const set = answer.headers.getSetCookie().find((text) => text.startsWith('known-device=')) ?? ''
    expect(set).to.match(/; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/)
    return set.split(';')[0] ?? ''
  }
  const statuses = async (answers: Promise<Answer>[]) => [...new Set((await Promise.all(answers)).map((a) => a.status))]

  it('100 tries from one /60 leave the browser alone that somebody has signed in with', async () => {
    const cookie = await known('198.51.100.1')
    const tries = Array.from({ length: 100 }, (_, i) => signIn(`2001:db8:0:${(i % 16).toString(16)}::1`, `guess ${i}`))
    expect(await statuses(tries)).to.include(429)
    expect((await signIn('198.51.100.1', PASSWORD)).status, 'a stranger waits a minute').to.equal(429)
    expect((await signIn('198.51.100.1', PASSWORD, { cookie })).status).to.equal(200)
    expect((await signIn('203.0.113.77', PASSWORD, { cookie })).status, 'wherever it is').to.equal(200)
  })

  it('a guest behind the office’s address shuts nobody out who works there', async () => {
    await openAccount(app, { username: 'bruno' })
    const cookie = await known('198.51.100.1', 'bruno', await known('198.51.100.1'))
    const guesses = Array.from({ length: 70 }, (_, i) => signIn('198.51.100.1', 'guess', { username: `guest${i}` }))
    expect(await statuses(guesses)).to.include(429)
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
    const tries = Array.from({ length: 40 }, (_, i) => signIn(`203.0.113.${i}`, 'guess', { username: 'carla' }))
    expect(await statuses(tries)).to.include(429)
    expect((await signIn('198.51.100.1', PASSWORD, { username: 'carla', cookie })).status).to.equal(429)
    const forged = cookie.replace(/\..*/, `.${'A'.repeat(22)}`)
    expect((await signIn('198.51.100.1', PASSWORD, { username: 'carla', cookie: forged })).status).to.equal(429)
  })
})

describe('strangers who sign in all at once (C20)', function () {
  this.timeout(60_000)
  it('do not keep a colleague waiting, nor the process from files', async () => {
    const app = await startApp(SQLITE, { settings: { TRUST_PROXY: '1' } })
    await openAccount(app, { username: 'anna' })
    const post = (from: string, password: string, cookie = '') =>
      app.api.post('/session', { username: 'anna', password }, { 'x-forwarded-for': from, ...(cookie && { cookie }) })
    const first = await post('198.51.100.1', PASSWORD)
    const cookie = (first.headers.getSetCookie().find((text) => text.startsWith('known-device=')) ?? '').split(';')[0]
    const flood = Array.from({ length: 150 }, (_, i) => post(`203.0.113.${i % 50}`, 'guess'))
    await new Promise((done) => setTimeout(done, 200))
    const startedMs = performance.now()
    const file = await fetch(`${app.url}/css/turno.css`)
    const fileMs = performance.now() - startedMs
    const answer = await post('198.51.100.1', PASSWORD, cookie)
    const ms = performance.now() - startedMs
    const answers = await Promise.all(flood)
    const counts = [401, 503].map((status) => answers.filter((one) => one.status === status).length)
    expect(counts.reduce((sum, count) => sum + count)).to.equal(150)
    expect(counts[1], 'turned away at once').to.be.above(60)
    for (const one of answers.filter(({ status }) => status === 503))
      expect(one.headers.get('retry-after')).to.match(/^\d+$/)
    expect([file.status, answer.status], JSON.stringify(answer.body)).to.deep.equal([200, 200])
    expect(
      [fileMs, ms].map((took) => took < 4000),
      `${Math.round(fileMs)} ms, ${Math.round(ms)} ms`,
    ).to.deep.equal([true, true])
    await app.close()
  })
})
