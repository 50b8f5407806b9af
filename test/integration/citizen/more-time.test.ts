import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { SQLITE } from '../../support/engines.js'
import { freeTimes, WebVisit } from './web-visit.js'

describe('asking for more time (K4)', () => {
  let app: TestApp
  before(async () => {
    app = await startApp(SQLITE, { now: '2026-11-24T09:14:00+01:00' })
  })
  after(() => app.close())

  it('never costs the seat: too near to be held anew, it stays held for the time it has (S6)', async () => {
    const visit = new WebVisit(app.url)
    await visit.submit(await visit.get('/prenota'), '/prenota', { site: 'legnano', persons: '1' })
    const slots = await visit.get('/prenota/data-e-orario?giorno=2026-11-24')
    // 10:15 is 61 minutes ahead.
    const start = freeTimes(slots)[0] ?? ''
    const details = await visit.submit(slots, '/prenota/data-e-orario', { start })
    expect(details.address).to.equal('/prenota/dettagli')

    app.clock.advanceMinutes(3)
    const asked = await visit.submit(details, '/prenota/rinnova', {})
    expect(asked.address).to.equal('/prenota/dettagli')
    expect(asked.text).to.contain('Completi la prenotazione entro le 9:24')
    const day = await app.api.get('/sites/legnano/services/scelta-revoca/days?from=2026-11-24&to=2026-11-24')
    expect(JSON.stringify(day.body), 'eight starts of three seats, the held one is within the notice').to.contain(
      '"free":24',
    )
  })
})
