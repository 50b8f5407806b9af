import { connect } from 'node:net'
import { expect } from 'chai'
import fc from 'fast-check'
import { startApp, type TestApp } from '../../support/app.js'
import { aVisitor } from '../../support/builders.js'
import { at, bodyOf, booked, held, SERVICE } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'

interface Reply {
  status: number
  headers: Record<string, string>
  body: string
}

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

describe('bad input of any kind (issue: a 4xx with a clear sentence, nothing written, never a stack trace)', () => {
  forEachEngine((engine) => {
    let app: TestApp
    let token: string
    let hold: string
    before(async function () {
      this.timeout(60_000)
      app = await startApp(engine)
      token = (await booked(app, 1, { start: at('08:30') })).token
      hold = (await held(app, { start: at('08:30') })).hold
    })
    after(() => app.close())

    /** One request as bytes on a socket of its own: what no polite client would send. */
    const raw = (request: string | Buffer): Promise<Reply> =>
      new Promise((resolve, reject) => {
        const chunks: Buffer[] = []
        const socket = connect(Number(new URL(app.url).port), '127.0.0.1', () => socket.write(request))
        socket.on('data', (chunk: Buffer) => chunks.push(chunk))
        socket.on('error', reject)
        socket.on('close', () => {
          const [head = '', ...body] = Buffer.concat(chunks).toString('latin1').split('\r\n\r\n')
          const [line = '', ...fields] = head.split('\r\n')
          const headers = Object.fromEntries(
            fields.map((field) => [
              field.slice(0, field.indexOf(':')).toLowerCase(),
              field.slice(field.indexOf(':') + 2),
            ]),
          )
          resolve({ status: Number(line.split(' ')[1]), headers, body: body.join('\r\n\r\n') })
        })
        setTimeout(() => socket.destroy(), 5000).unref()
      })
    const request = (
      method: string,
      path: string,
      headers: Record<string, string> = {},
      body: string | Buffer = '',
    ) => {
      const bytes = Buffer.from(body)
      const fields = {
        host: 'turno.example',
        connection: 'close',
        ...(bytes.length > 0 && { 'content-length': String(bytes.length) }),
        ...headers,
      }
      const head = [
        `${method} ${path} HTTP/1.1`,
        ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`),
        '',
        '',
      ].join('\r\n')
      return raw(Buffer.concat([Buffer.from(head, 'latin1'), bytes]))
    }
    const json = { 'content-type': 'application/json' }

    const expectRefused = (reply: Reply, what: string, statuses?: number[]) => {
      expect(reply.status, `${what}: ${reply.body.slice(0, 300)}`).to.be.within(400, 499)
      if (statuses) expect(statuses, `${what}: ${reply.status}`).to.include(reply.status)
      expect(reply.body, what).not.to.match(/node_modules|\.ts:\d|\.js:\d|at \w+ \(|Error:/)
    }
    const expectProblem = (reply: Reply, what: string) => {
      expect(reply.headers['content-type'], what).to.match(/^application\/problem\+json/)
      const problem = JSON.parse(Buffer.from(reply.body, 'latin1').toString()) as Record<string, string>
      expect(problem, what).to.include.keys('type', 'title', 'status', 'detail', 'code')
      expect(problem['detail']).to.match(/\.$/)
    }
    const unchanged = async (work: () => Promise<void>) => {
      const before = await app.database.contents()
      await work()
      expect(await app.database.contents()).to.deep.equal(before)
      expect((await app.api.get('/services')).status).to.equal(200)
    }

    const bytes = (...parts: (string | number[])[]) => Buffer.concat(parts.map((part) => Buffer.from(part as string)))
    const bodies: [
      title: string,
      headers: Record<string, string>,
      body: string | Buffer,
      status: number,
      code: string,
    ][] = [
      ['broken JSON', json, '{"site":', 400, 'broken-json'],
      ['no JSON at all', json, 'site=legnano', 400, 'broken-json'],
      ['a bare number', json, '0', 400, 'broken-json'],
      ['true', json, 'true', 400, 'broken-json'],
      ['null', json, 'null', 400, 'broken-json'],
      ['a bare text', json, '"x"', 400, 'broken-json'],
      ['a list', json, '[]', 400, 'invalid'],
      ['a list of objects', json, '[{}]', 400, 'invalid'],
      ['nothing but a space', json, ' ', 400, 'broken-json'],
      ['an empty object', json, '{}', 422, 'invalid'],
      ['__proto__', json, '{"__proto__":{"site":"legnano"}}', 400, 'invalid'],
      ['a deep __proto__', json, '{"visitor":{"__proto__":{"a":1}}}', 400, 'invalid'],
      ['constructor', json, '{"constructor":{"prototype":{}}}', 400, 'invalid'],
      ['30,000 opening brackets', json, '['.repeat(30_000), 400, 'too-deep'],
      ['16,000 arrays inside each other', json, `{"x":${nested(16_000)}}`, 400, 'too-deep'],
      ['objects inside each other', json, `${'{"x":'.repeat(5000)}1${'}'.repeat(5000)}`, 400, 'too-deep'],
      ['eleven levels', json, `{"x":${nested(10)}}`, 400, 'too-deep'],
      ['ten levels', json, `{"x":${nested(9)}}`, 400, 'invalid'],
      ['brackets inside a text', json, `{"x":"\\"${'['.repeat(20)}"}`, 400, 'invalid'],
      ['a body of 50 kB', json, JSON.stringify({ site: 'x'.repeat(50_000) }), 413, 'too-large'],
      ['invalid UTF-8', json, bytes('{"site":"', [0xc3, 0x28], '"}'), 400, 'broken-json'],
      ['a lone surrogate in bytes', json, bytes('{"site":"', [0xed, 0xa0, 0x80], '"}'), 400, 'broken-json'],
      ['UTF-7', { 'content-type': 'application/json; charset=utf-7' }, '{"site":"+AGEA-"}', 415, 'unsupported-type'],
      [
        'UTF-16',
        { 'content-type': 'application/json; charset=utf-16' },
        Buffer.from('{}', 'utf16le'),
        415,
        'unsupported-type',
      ],
      ['Latin-1', { 'content-type': 'application/json; charset=iso-8859-1' }, '{}', 415, 'unsupported-type'],
      ['an unknown charset', { 'content-type': 'application/json; charset=nonsense' }, '{}', 415, 'unsupported-type'],
      ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'site=legnano', 415, 'unsupported-type'],
      ['text', { 'content-type': 'text/plain' }, '{}', 415, 'unsupported-type'],
      ['no content type', {}, '{}', 415, 'unsupported-type'],
      ['a broken content type', { 'content-type': ';;;' }, '{}', 415, 'unsupported-type'],
      ['an unknown encoding', { ...json, 'content-encoding': 'lzma' }, '{}', 415, 'unsupported-type'],
      ['what says gzip and is not', { ...json, 'content-encoding': 'gzip' }, '{}', 400, 'broken-request'],
    ]
    for (const [title, headers, body, status, code] of bodies) {
      it(`${title}: ${status} ${code}`, () =>
        unchanged(async () => {
          for (const path of ['/api/v1/holds', '/api/v1/bookings']) {
            const reply = await request('POST', path, headers, body)
            expectRefused(reply, path, [status])
            expectProblem(reply, path)
            expect(reply.body).to.include(`"code":"${code}"`)
          }
        }))
    }

    it('charset=UTF-8 in any spelling is what it is', async () => {
      for (const type of ['application/json; charset=UTF-8', 'application/json;charset="utf-8"', 'Application/JSON']) {
        expect((await request('POST', '/api/v1/holds', { 'content-type': type }, '{}')).status, type).to.equal(422)
      }
    })

    /** What may stand where a text belongs. */
    /** One name is enough (M3): an odd one is the only one. */
    const nameless = (field: string) => (field.endsWith('Name') ? { firstName: '', lastName: '' } : {})
    const ODD: unknown[] = [
      0,
      1,
      -1,
      1e308,
      true,
      false,
      null,
      [],
      [[]],
      {},
      { $ne: 1 },
      { toString: 1 },
      '',
      ' ',
      '\0',
      '\u0000x',
      'x'.repeat(20_000),
      '\ud800',
      '😀'.repeat(300),
      "' OR 1=1 --",
      '../../etc/passwd',
      '${7*7}',
      '<script>alert(1)</script>',
      '\r\nX: y',
      '1e999',
      '2026-02-31',
      '0000-00-00T00:00:00Z',
      '2026-11-24T08:30:00+99:99',
      '+02026-11-24T08:30:00Z',
    ]

    it('T09, T28: any odd value in any field: 4xx', function () {
      this.timeout(60_000)
      return unchanged(async () => {
        const visitor = aVisitor()
        const places: ((odd: unknown) => [path: string, body: unknown])[] = [
          ...['site', 'service', 'start', 'persons'].map(
            (field) => (odd: unknown) =>
              ['/holds', { site: 'legnano', service: SERVICE, start: at('08:30'), [field]: odd }] as [string, unknown],
          ),
          ...['hold', 'site', 'service', 'start', 'persons', 'visitor'].map(
            (field) => (odd: unknown) => ['/bookings', bodyOf(2, { [field]: odd })] as [string, unknown],
          ),
          ...Object.keys(visitor)
            .filter((field) => field !== 'phone')
            .map(
              (field) => (odd: unknown) =>
                ['/bookings', bodyOf(2, { visitor: { ...visitor, ...nameless(field), [field]: odd } })] as [
                  string,
                  unknown,
                ],
            ),
          (odd) => [`/bookings/${token}/move`, { start: odd }],
          (odd) => [`/bookings/${token}/cancel`, odd],
          (odd) => [`/bookings/${token}/cancel`, { reason: odd }],
        ]
        for (const place of places) {
          for (const odd of ODD) {
            const [path, body] = place(odd)
            if (path.endsWith('/cancel') && (odd === undefined || JSON.stringify(body) === '{}')) continue
            if (JSON.stringify(body).includes('"persons":1,') || JSON.stringify(body).endsWith('"persons":1}')) continue
            const answer = await app.api.post(path, JSON.stringify(body))
            expect(answer.status, `${path.slice(0, 30)} ${JSON.stringify(body).slice(0, 200)}`).to.be.within(400, 499)
            expect(JSON.stringify(answer.body)).not.to.match(/node_modules|\.ts:\d/)
          }
        }
      })
    })

    it('a change with something in its query that nobody reads is not made (contract.md)', async () => {
      const hold = { site: 'legnano', service: SERVICE, start: at('08:30') }
      for (const query of ['dryRun=1', 'persons=2']) {
        const { status, body } = await app.api.post(`/holds?${query}`, hold)
        expect([status, body.hold]).to.deep.equal([400, undefined])
      }
    })

    const paths: [title: string, path: string, statuses: number[]][] = [
      ['broken percent-encoding in a link, like any unknown one', '/bookings/%', [404]],
      ['broken percent-encoding in a site', '/sites/%E0%A4%A/services/x/days', [400]],
      ['an overlong UTF-8 slash', '/bookings/%c0%af', [400, 404]],
      ['NUL', '/bookings/%00', [404]],
      ['NUL in a site', '/sites/legnano%00/services/scelta-revoca/slots?date=2026-11-24', [400]],
      ['traversal', '/sites/..%2f..%2fetc/services/x/slots?date=2026-11-24', [400]],
      ['traversal as a path', '/../../etc/passwd', [400, 404]],
      ['upper case in a fixed part', '/Sites', [404]],
      ['a slash too many', '/sites/', [404]],
      ['two slashes', '//sites', [404]],
      ['an unknown path', '/nothing', [404]],
      ['5,000 characters', `/bookings/${'a'.repeat(5000)}`, [404]],
      ['a header line of 20 kB', `/bookings/${'a'.repeat(20_000)}`, [431, 414]],
      ['duplicate query keys', '/sites/legnano/services/scelta-revoca/slots?date=2026-11-24&date=2026-11-25', [400]],
      ['brackets in the query', '/sites/legnano/services/scelta-revoca/slots?date[]=2026-11-24', [400]],
      ['an object in the query', '/sites/legnano/services/scelta-revoca/slots?date[$ne]=1', [400]],
      ['__proto__ in the query', '/sites/legnano/services/scelta-revoca/slots?date=2026-11-24&__proto__=1', [400]],
      [
        '__proto__[x] in the query',
        '/sites/legnano/services/scelta-revoca/slots?date=2026-11-24&__proto__[x]=1',
        [400],
      ],
      ['an unknown query key', '/sites/legnano/services/scelta-revoca/slots?date=2026-11-24&admin=1', [400]],
      ['broken encoding in the query', '/sites/legnano/services/scelta-revoca/slots?date=%', [400]],
      ['NUL in the query', '/sites/legnano/services/scelta-revoca/slots?date=2026-11-24%00', [400]],
      ['a day in the year 10000', '/sites/legnano/services/scelta-revoca/slots?date=10000-01-01', [400]],
      ['a day in the year 0', '/sites/legnano/services/scelta-revoca/slots?date=0000-01-01', [400]],
      [
        '1,000 query keys',
        `/sites/legnano/services/scelta-revoca/slots?${Array.from({ length: 1000 }, (_, n) => `k${n}=1`).join('&')}`,
        [400],
      ],
    ]
    for (const [title, path, statuses] of paths) {
      it(`${title}: ${statuses.join(' or ')}`, () =>
        unchanged(async () => {
          for (const method of ['GET', 'HEAD', 'DELETE', 'POST']) {
            const reply = await request(
              method,
              `/api/v1${path}`,
              method === 'POST' ? json : {},
              method === 'POST' ? '{}' : '',
            )
            if (method === 'GET') expectRefused(reply, title, statuses)
            else expectRefused(reply, `${method} ${title}`)
          }
        }))
    }

    const headers: [title: string, method: string, headers: Record<string, string>, statuses: number[]][] = [
      ['a huge Accept-Language', 'GET', { 'accept-language': 'it,'.repeat(3000) }, [200]],
      ['a strange Accept-Language', 'GET', { 'accept-language': ';;q=2,*;q=x,\u00ff' }, [200]],
      ['a strange Accept', 'GET', { accept: ';;;,text/*;q=9' }, [200]],
      ['a forged Host', 'GET', { host: 'evil.example' }, [200]],
      ['a forged X-Forwarded-For', 'GET', { 'x-forwarded-for': '<script>, 1.2.3.4, ::::' }, [200]],
      ['a broken cookie', 'GET', { cookie: 'a=%; __proto__=x; =; ;' }, [200]],
      ['a Range', 'GET', { range: 'bytes=0-1,5-' }, [200]],
      ['an If-None-Match', 'GET', { 'if-none-match': '*' }, [200]],
      ['an Expect nobody knows', 'POST', { ...json, expect: 'miracles' }, [417]],
      ['a method override', 'POST', { ...json, 'x-http-method-override': 'DELETE' }, [405]],
    ]
    for (const [title, method, sent, statuses] of headers) {
      it(`${title}: ${statuses.join()}`, () =>
        unchanged(async () => {
          const reply = await request(method, '/api/v1/services', sent, method === 'POST' ? '{}' : '')
          expect(statuses, reply.body).to.include(reply.status)
          expect(JSON.stringify(reply)).not.to.include('evil.example')
        }))
    }

    it('what is no HTTP, or half of it, is cut off and hurts nobody', () =>
      unchanged(async () => {
        for (const text of [
          '\0\0\0\0',
          'GET\r\n\r\n',
          'GET / HTTP/9.9\r\n\r\n',
          'POST /api/v1/holds HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
          'POST /api/v1/holds HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n',
        ]) {
          expect((await raw(text)).status, text).to.be.oneOf([400, 404, 505, Number.NaN])
        }
      }))

    it('a client that goes away in the middle of its body is forgotten', () =>
      unchanged(async () => {
        for (let client = 0; client < 20; client++) {
          const socket = connect(Number(new URL(app.url).port), '127.0.0.1')
          socket.on('error', () => undefined)
          socket.write(
            'POST /api/v1/bookings HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"site":',
            () => socket.destroy(),
          )
        }
        await new Promise((resolve) => setTimeout(resolve, 100))
      }))

    it('whatever fast-check makes up, as a body, a path, a query or a header: never a 5xx, nothing written', function () {
      this.timeout(120_000)
      const place = fc.constantFrom(
        '/holds',
        '/bookings',
        `/bookings/${'a'.repeat(43)}/move`,
        `/bookings/${'b'.repeat(43)}/cancel`,
      )
      const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(...ODD))
      const field = fc.constantFrom(
        'site',
        'service',
        'start',
        'persons',
        'visitor',
        'notes',
        'hold',
        '__proto__',
        'constructor',
        'x',
      )
      const body = fc.oneof(fc.jsonValue({ maxDepth: 4 }), fc.dictionary(field, value, { maxKeys: 8 }))
      const address = (text: string) => encodeURIComponent(Buffer.from(text).toString()) || 'x'
      const text = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.constantFrom('%', '%00', '..', '😀', 'a'.repeat(3000)),
      )
      return unchanged(async () => {
        await fc.assert(
          fc.asyncProperty(place, body, text, async (path, sent, odd) => {
            const answers = await Promise.all([
              app.api.post(path, JSON.stringify(sent) ?? 'undefined'),
              app.api.get(`/bookings/${address(odd)}`),
              app.api.get(`/sites/legnano/services/${SERVICE}/slots?date=${address(odd)}`),
              app.api.get(`/sites/${address(odd)}/services/${SERVICE}/days?from=2026-11-24&to=2026-11-24`),
            ])
            for (const { status, body: problem } of answers)
              expect(status, JSON.stringify(problem).slice(0, 300)).to.be.within(400, 499)
          }),
          { numRuns: 80 },
        )
        await fc.assert(
          fc.asyncProperty(
            fc.uint8Array({ maxLength: 200 }),
            fc.constantFrom('POST', 'DELETE', 'PUT', 'PATCH', 'OPTIONS', 'GET'),
            async (random, method) => {
              const reply = await request(method, '/api/v1/holds', json, Buffer.from(random))
              expect(reply.status, reply.body).to.be.within(400, 499)
            },
          ),
          { numRuns: 60 },
        )
      })
    })

    it('what was there before is there still', async () => {
      expect((await app.api.get(`/bookings/${token}`)).body.booking.status).to.equal('confirmed')
      expect((await app.api.delete(`/holds/${hold}`)).status).to.equal(204)
    })
  })
})
