import { expect } from 'chai'
import { totpOf } from '../../../src/staff/totp.js'
import { startApp, type TestApp } from '../../support/app.js'
import { forEachEngine } from '../../support/engines.js'
import { openAccount, PASSWORD, StaffClient } from '../../support/staff.js'
import { WebVisit } from '../citizen/web-visit.js'

/** A counter's day has begun. */
const MORNING = '2026-11-24T09:00:00+01:00'
const OTHER = 'un’altra frase di passo'

forEachEngine((engine) => {
  describe('whose counter it is while one’s access changes (Q8)', () => {
    let app: TestApp
    beforeEach(async () => {
      app = await startApp(engine, { now: MORNING })
      await openAccount(app, { username: 'anna' })
    })
    afterEach(() => app.close())

    const counterOf = async (client: StaffClient) => {
      const { body } = await client.get('/sites/legnano/counters')
      return (
        body.counters as { id: string; open: boolean; operator: string; ticket: { number: string } | null }[]
      ).find(({ id }) => id === 'legnano-1')
    }
    /** What the console says, as it has been read before: is the counter one's own? */
    const isMine = async (client: StaffClient) => {
      const { body } = await client.get('/sites/legnano/console')
      return (body.counters as { id: string; mine: boolean }[]).find(({ id }) => id === 'legnano-1')?.mine
    }
    /** Somebody is at the counter. */
    const atWork = async (client: StaffClient): Promise<string> => {
      await client.post('/counters/legnano-1/open', {})
      await client.post('/sites/legnano/walk-ins', { service: 'accesso-diretto' })
      const { body } = await client.post('/counters/legnano-1/next', {})
      return body.ticket.number as string
    }
    const signedIn = async () => {
      const client = new StaffClient(app.api)
      await client.signIn('anna')
      return client
    }

    it('a new password leaves one’s counter open with who is there; one’s other sessions end', async () => {
      const [client, elsewhere] = [await signedIn(), await signedIn()]
      const number = await atWork(client)
      expect(await isMine(client)).to.equal(true)
      const old = client.cookie
      expect((await client.post('/session/password', { password: OTHER, current: PASSWORD })).status).to.equal(200)
      expect(client.cookie).not.to.equal(old)
      expect(await isMine(client), 'the console knows it').to.equal(true)
      expect(await counterOf(client)).to.deep.include({ open: true, operator: 'anna' })
      expect((await counterOf(client))?.ticket?.number).to.equal(number)
      expect((await elsewhere.get('/session')).status).to.equal(401)
      const done = await client.post('/counters/legnano-1/next', { outcome: 'done' })
      expect(done.status, 'and one goes on working there').to.equal(200)
    })

    it('with the site taken away the counter closes at once, and who was called is put aside (A1)', async () => {
      const client = await signedIn()
      const number = await atWork(client)
      await openAccount(app, { username: 'root', role: 'admin' })
      const admin = new StaffClient(app.api)
      await admin.signIn('root')
      expect((await admin.patch('/staff/anna', { sites: ['magenta'] })).status).to.equal(200)
      expect((await client.get('/session')).status, 'still signed in').to.equal(200)
      expect(await counterOf(admin)).to.deep.include({ open: false, ticket: null })
      const { parked } = (await admin.get('/sites/legnano/queue')).body
      expect(parked.map((ticket: { number: string }) => ticket.number)).to.deep.equal([number])
    })

    it('so does TOTP turned on or off', async () => {
      const client = await signedIn()
      await atWork(client)
      expect(await isMine(client)).to.equal(true)
      await client.post('/session/totp', { password: PASSWORD })
      const totpId = (await app.staff.accounts.find('anna'))?.newTotpId ?? ''
      const totp = totpOf(app.secrets, { username: 'anna', totpId }).generate({ timestamp: app.clock().getTime() })
      expect((await client.post('/session/totp/confirm', { totp })).status).to.equal(200)
      expect(await isMine(client), 'on').to.equal(true)
      expect(await counterOf(client)).to.include({ open: true, operator: 'anna' })
      expect((await client.post('/session/totp/remove', { password: PASSWORD })).status).to.equal(200)
      expect(await isMine(client), 'off').to.equal(true)
      expect(await counterOf(client)).to.include({ open: true, operator: 'anna' })
    })

    it('a counter of another session of one’s own is closed with it, and who was there is put aside', async () => {
      const [client, elsewhere] = [await signedIn(), await signedIn()]
      const number = await atWork(elsewhere)
      await client.post('/session/password', { password: OTHER, current: PASSWORD })
      expect(await counterOf(client)).to.include({ open: false, ticket: null })
      const { parked } = (await client.get('/sites/legnano/queue')).body
      expect(parked.map((ticket: { number: string }) => ticket.number)).to.deep.equal([number])
    })

    it('signing out by page asks first what becomes of the counter; asked, it puts aside and closes', async () => {
      const visit = new WebVisit(app.url)
      await visit.submit(await visit.get('/entra'), '/entra', { username: 'anna', password: PASSWORD })
      const own = new StaffClient(app.api)
      own.cookie = `staff=${visit.cookies.get('staff') ?? ''}`
      own.csrfToken = (await own.get('/session')).body.csrfToken as string
      const number = await atWork(own)
      for (const path of ['/account', '/operatore/scelta']) {
        const asked = await visit.submit(await visit.get(path), '/account/esci')
        expect([asked.status, asked.text.includes(`c’è ${number}`)], path).to.deep.equal([200, true])
        expect(await counterOf(own), path).to.include({ open: true })
      }
      expect((await visit.submit(await visit.get('/account'), '/account/esci-ovunque')).text).to.include(number)
      const asked = await visit.get('/account/esci')
      expect(asked.html).to.include('/operatore/sportello/legnano-1')
      const out = await visit.submit(asked, '/account/esci', { sportello: 'chiudi' })
      expect(out.address).to.equal('/entra?fatto=signed-out')
      expect(await counterOf(await signedIn())).to.include({ open: false, ticket: null })
    })

    it('whoever has no open counter is not asked', async () => {
      const visit = new WebVisit(app.url)
      await visit.submit(await visit.get('/entra'), '/entra', { username: 'anna', password: PASSWORD })
      const out = await visit.submit(await visit.get('/operatore/scelta'), '/account/esci')
      expect(out.address).to.equal('/entra?fatto=signed-out')
    })
  })
})
