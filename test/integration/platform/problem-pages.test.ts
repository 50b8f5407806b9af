import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { SQLITE } from '../../support/engines.js'

/** What is refused before a page's language, cookies or form are read. */
describe('problems of addresses nobody answers', () => {
  let app: TestApp
  before(async () => {
    app = await startApp(SQLITE, { settings: { TRUST_PROXY: '1' } })
  })
  after(() => app.close())

  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(app.url + path, { headers: { accept: 'text/html', ...headers } })
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }

  for (const path of ['/api', '/api/', '/api/v1', '/api/v1/nope', '/API/v1/nope', '/api/v2/sites']) {
    it(`${path}: a problem in JSON, whoever asks`, async () => {
      const { status, headers, text } = await ask(path, { 'accept-language': 'en' })
      expect(status).to.equal(404)
      expect(headers.get('content-type')).to.equal('application/problem+json; charset=utf-8')
      expect(JSON.parse(text)).to.include({ code: 'not-found', status: 404 })
      expect(headers.get('x-content-type-options')).to.equal('nosniff')
    })
  }

  for (const [path, headers] of [
    ['/metrics', { 'x-forwarded-for': '203.0.113.9' }],
    ['/nessuno', {}],
    ['/prenotazione/nessuno', {}],
  ] as const) {
    it(`${path}: a whole page in the visitor's language, guarded as all are`, async () => {
      const answer = await ask(path, { 'accept-language': 'en', ...headers })
      expect(answer.status).to.be.oneOf([401, 403, 404])
      expect(answer.text).to.include('<html lang="en">').and.to.include('</html>')
      expect(answer.text).not.to.match(/\n\s+at |undefined|problems\./)
      expect(answer.headers.get('content-security-policy')).to.include("default-src 'none'")
      expect(answer.headers.get('cache-control')).to.include('no-store')
    })
  }
})
