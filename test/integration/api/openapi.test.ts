import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { at, booked, held, SERVICE } from '../../support/crowd.js'
import { SQLITE } from '../../support/engines.js'
import { MANAGERS_CALLS } from './managers-calls.js'

interface Operation {
  summary?: string
  parameters: { name: string; in: string; required: boolean; schema: { type?: string } }[]
  requestBody?: { content: Record<string, { schema: Record<string, unknown> }> }
  responses: Record<string, { description: string; content?: Record<string, unknown> }>
  security: Record<string, string[]>[]
}
interface Document {
  openapi: string
  info: { title: string; version: string }
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, Record<string, string>> }
}

/** contract.md, "Public" and "Kiosk and staff". */
const CONTRACT = [
  'GET /sites',
  'GET /services',
  'GET /matters',
  'GET /sites/{site}/services/{service}/days',
  'GET /sites/{site}/services/{service}/slots',
  'POST /holds',
  'DELETE /holds/{hold}',
  'POST /bookings',
  'GET /bookings/{token}',
  'POST /bookings/{token}/cancel',
  'POST /bookings/{token}/move',
  'GET /bookings/{token}/calendar.ics',
  'GET /sites/{site}/board',
  'GET /tickets/{token}',
  'POST /tickets/{token}/give-way',
  'POST /devices/pair',
  'POST /session',
  'DELETE /session',
  'POST /session/password',
  'POST /sites/{site}/check-ins',
  'POST /sites/{site}/walk-ins',
  'GET /sites/{site}/queue',
  'GET /sites/{site}/counters',
  'POST /counters/{counter}/open',
  'POST /counters/{counter}/close',
  'POST /counters/{counter}/next',
  ...['call', 'recall', 'start', 'done', 'missed', 'park', 'return', 'left', 'undo', 'transfer'].map(
    (step) => `POST /tickets/{id}/${step}`,
  ),
  'POST /sites/{site}/bookings',
  'GET /sites/{site}/bookings',
  'POST /sites/{site}/bookings/{code}/cancel',
  'POST /sites/{site}/bookings/{code}/move',
  'POST /bookings/{token}/contact',
  'POST /sites/{site}/bookings/{code}/contact',
  ...MANAGERS_CALLS,
]
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

describe('the OpenAPI document', () => {
  let app: TestApp
  let document: Document
  before(async () => {
    app = await startApp(SQLITE)
    document = (await app.api.get('/openapi.json')).body
  })
  after(() => app.close())

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
    )
  const real = (path: string) =>
    path
      .replace('{site}', 'legnano')
      .replace('{service}', SERVICE)
      .replace(/\{\w+\}/, 'a'.repeat(43))

  it('is 3.1 in shape and says where it is served', () => {
    expect(document.openapi).to.match(/^3\.1\.\d+$/)
    expect(document.info).to.include.keys('title', 'version')
    expect(document.servers).to.deep.equal([{ url: `${app.url}/api/v1` }])
    for (const { path, operation } of operations()) {
      expect(path).to.match(/^\//)
      expect(operation.summary, path).to.be.a('string').and.not.equal('')
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const described = operation.parameters.filter((parameter) => parameter.in === 'path')
      expect(
        described.map(({ name }) => name),
        path,
      ).to.have.members(named)
      for (const parameter of described) expect(parameter.required, path).to.equal(true)
      expect(Object.keys(operation.responses)).to.satisfy(
        (codes: string[]) => codes.length > 0 && codes.every((code) => /^[1-5]\d\d$/.test(code)),
      )
      for (const [status, { description, content }] of Object.entries(operation.responses)) {
        expect(description, `${path} ${status}`).not.to.equal('')
        if (Number(status) >= 400) expect(content).to.have.key('application/problem+json')
      }
    }
  })

  it('every $ref leads somewhere', () => {
    for (const [, ref] of JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)) {
      const target = (ref as string)
        .split('/')
        .slice(1)
        .reduce<unknown>((part, key) => (part as Record<string, unknown>)?.[key], document)
      expect(target, ref).to.be.an('object')
    }
  })

  it('holds every call of the contract', () => {
    expect(operations().map(({ path, method }) => `${method} ${path}`)).to.include.members(CONTRACT)
  })

  it('agrees with the routes: what it names answers, what it does not name is a 405 with Allow, or a 404', async () => {
    for (const [path, item] of Object.entries(document.paths)) {
      const known = Object.keys(item).map((method) => method.toUpperCase())
      for (const method of METHODS) {
        const answer = await app.api.call(
          method,
          real(path),
          method === 'GET' || method === 'DELETE' ? {} : { body: {} },
        )
        if (known.includes(method)) expect(answer.status, `${method} ${path}`).not.to.equal(405)
        else {
          expect([answer.status, answer.body.code], `${method} ${path}`).to.deep.equal([405, 'method-not-allowed'])
          const allow = (answer.headers.get('allow') ?? '').split(', ')
          expect(allow).to.include.members(known)
          expect(allow.includes('HEAD')).to.equal(known.includes('GET'))
        }
      }
    }
  })

  it('what each operation answers is among the statuses it names', async () => {
    const start = at('08:30', '2026-11-25')
    const { token } = await booked(app, 1, { start })
    const { hold } = await held(app, { start })
    const calls: [method: string, path: string, real: string, body?: unknown][] = [
      ['GET', '/sites', '/sites'],
      ['GET', '/services', '/services'],
      ['GET', '/matters', '/matters'],
      ['GET', '/bookings/{token}', `/bookings/${token}`],
      ['GET', '/bookings/{token}', '/bookings/x'],
      ['GET', '/bookings/{token}/calendar.ics', `/bookings/${token}/calendar.ics`],
      ['POST', '/bookings', '/bookings', {}],
      ['POST', '/bookings', '/bookings', { x: 1 }],
      ['POST', '/bookings', '/bookings', { hold: 'a'.repeat(43), visitor: {} }],
      ['POST', '/holds', '/holds', {}],
      ['POST', '/holds', '/holds', { site: 'legnano', service: SERVICE, start: at('08:31', '2026-11-25') }],
      ['POST', '/bookings/{token}/move', `/bookings/${token}/move`, { start: at('08:31', '2026-11-25') }],
      ['POST', '/bookings/{token}/move', `/bookings/${token}/move`, {}],
      ['POST', '/bookings/{token}/cancel', `/bookings/${token}/cancel`, { x: 1 }],
      ['POST', '/bookings/{token}/cancel', `/bookings/${token}/cancel`],
      ['POST', '/bookings/{token}/confirm', `/bookings/${token}/confirm`],
      ['DELETE', '/holds/{hold}', `/holds/${hold}`],
      ['GET', '/sites/{site}/services/{service}/days', '/sites/legnano/services/scelta-revoca/days'],
      ['GET', '/sites/{site}/services/{service}/slots', '/sites/nowhere/services/scelta-revoca/slots?date=2026-11-25'],
    ]
    for (const [method, path, address, body] of calls) {
      const { status } = await app.api.call(method, address, body === undefined ? {} : { body })
      const named = Object.keys(document.paths[path]?.[method.toLowerCase()]?.responses ?? {})
      expect(named, `${method} ${address}`).to.include(`${status}`)
    }
  })

  it('the body schemas are those that validate: required fields, no others', () => {
    const schema = (path: string) =>
      document.paths[path]?.['post']?.requestBody?.content['application/json']?.schema as {
        required?: string[]
        additionalProperties?: boolean
        properties: Record<string, unknown>
      }
    expect(schema('/holds').required).to.have.members(['site', 'service', 'start'])
    expect(schema('/holds').additionalProperties).to.equal(false)
    expect(schema('/bookings').required).to.deep.equal(['visitor'])
    expect(Object.keys(schema('/bookings').properties)).to.have.members([
      'hold',
      'site',
      'service',
      'start',
      'persons',
      'visitor',
      'notes',
      'matter',
    ])
  })

  it('says what a request must carry: staff a cookie, with a token on all but reads; a kiosk its own', () => {
    const { securitySchemes } = document.components
    expect(securitySchemes.staffCookie).to.include({ type: 'apiKey', in: 'cookie', name: 'staff' })
    expect(securitySchemes.csrfToken).to.include({ type: 'apiKey', in: 'header', name: 'X-CSRF-Token' })
    expect(securitySchemes.kioskToken).to.include({ type: 'http', scheme: 'bearer' })
    const known = Object.keys(securitySchemes)
    const kiosks: string[] = []
    for (const { path, method, operation } of operations()) {
      expect(operation.security, `${method} ${path}`).to.be.an('array')
      for (const way of operation.security) expect(known, path).to.include.members(Object.keys(way))
      const [staff] = operation.security
      if (operation.security.some((way) => 'kioskToken' in way)) kiosks.push(`${method} ${path}`)
      if (!staff) continue
      expect(Object.keys(staff)).to.deep.equal(method === 'GET' ? ['staffCookie'] : ['staffCookie', 'csrfToken'])
      expect(operation.responses, `${method} ${path}`).to.include.keys('401', '403')
    }
    expect(kiosks).to.have.members([
      'POST /sites/{site}/check-ins',
      'POST /sites/{site}/printer',
      'POST /sites/{site}/walk-ins',
      'GET /sites/{site}/walk-ins',
    ])
    const open = operations().filter(({ operation }) => operation.security.length === 0)
    expect(open.map(({ path, method }) => `${method} ${path}`)).to.include.members([
      'GET /sites',
      'POST /bookings',
      'POST /session',
      'POST /devices/pair',
      'GET /tickets/{token}',
    ])
  })

  it('every POST takes an Idempotency-Key', () => {
    for (const { path, method, operation } of operations()) {
      const takes = operation.parameters.some(({ name }) => name === 'Idempotency-Key')
      expect(takes, `${method} ${path}`).to.equal(method === 'POST')
    }
  })

  it('is itself read only: another method is a 405', async () => {
    const { status, headers } = await app.api.post('/openapi.json', {})
    expect([status, headers.get('allow')]).to.deep.equal([405, 'GET, HEAD'])
  })
})
