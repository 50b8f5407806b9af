import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { forEachEngine } from '../../support/engines.js'

const UNKNOWN = 'A'.repeat(43)
const MALFORMED = [
  'x',
  'A'.repeat(42),
  'A'.repeat(44),
  'A'.repeat(3000),
  `${'A'.repeat(42)}%20`,
  `${'A'.repeat(42)}%00`,
  "'%20OR%201=1--",
  '%E2%80%AE',
  '%F0%9F%98%80',
  '%FF',
  '%E0%A4%A',
  '..%2F..%2Fetc',
  '0',
  'null',
]

const PLACES: [method: string, path: (token: string) => string][] = [
  ['GET', (token) => `/api/v1/tickets/${token}`],
  ['GET', (token) => `/api/v1/bookings/${token}`],
  ['GET', (token) => `/api/v1/bookings/${token}/calendar.ics`],
  ['POST', (token) => `/api/v1/bookings/${token}/cancel`],
  ['POST', (token) => `/api/v1/tickets/${token}/give-way`],
  ['DELETE', (token) => `/api/v1/holds/${token}`],
  ['GET', (token) => `/numero/${token}`],
  ['GET', (token) => `/numero/${token}/lascia`],
  ['GET', (token) => `/prenotazione/${token}`],
  ['GET', (token) => `/prenotazione/${token}/annulla`],
]

forEachEngine((engine) => {
  describe('a link that is none (L2)', function () {
    this.timeout(60_000)
    let app: TestApp
    before(async () => {
      app = await startApp(engine)
    })
    after(() => app.close())

    const ask = async (method: string, path: string) => {
      const answer = await fetch(app.url + path, { method, headers: { accept: 'application/json, text/html;q=0.5' } })
      return { status: answer.status, body: await answer.text() }
    }
    /** What tells answers apart: not the id of the request. */
    const told = (body: string) =>
      body.replace(/[0-9a-f-]{36}/g, '').replace(/(lang=)?[^"\s]*(numero|prenotazione)\/[^"\s]*/g, '')

    for (const [method, path] of PLACES)
      it(`${method} ${path('{anything}')} is the same 404 as for an unknown one`, async () => {
        const unknown = await ask(method, path(UNKNOWN))
        expect(unknown.status).to.equal(404)
        for (const token of MALFORMED) {
          const answer = await ask(method, path(token))
          expect(answer.status, token.slice(0, 60)).to.equal(404)
          expect(told(answer.body), token.slice(0, 60)).to.equal(told(unknown.body))
        }
      })
  })
})
