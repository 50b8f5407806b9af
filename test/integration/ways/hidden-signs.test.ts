import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { SQLITE } from '../../support/engines.js'
import { BODIES, type Call, callsOf } from './calls.js'

/** An override of the direction, an isolate, a bell, a zero width: what hides or turns round the text beside it. */
const SIGNS = ['\u202e', '\u2067', '\u0007', '\u200b']

interface Schema {
  type?: string | string[]
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
}

type Path = (string | 0)[]

/** Where texts are in what a route reads. */
function textsIn(schema: Schema, path: Path = []): Path[] {
  const inside = [
    ...(schema.anyOf ?? []).flatMap((part) => textsIn(part, path)),
    ...(schema.oneOf ?? []).flatMap((part) => textsIn(part, path)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, part]) => textsIn(part, [...path, name])),
    ...(schema.items ? textsIn(schema.items, [...path, 0]) : []),
  ]
  return [schema.type].flat().includes('string') ? [path, ...inside] : inside
}

/** The same body with a sign in the midst of one of its texts. */
function withSign(body: unknown, [part, ...rest]: Path, sign: string): unknown {
  if (part === undefined)
    return `${typeof body === 'string' ? body.slice(0, 3) : 'abc'}${sign}${typeof body === 'string' ? body.slice(3) : 'def'}`
  if (part === 0) return [withSign((body as unknown[] | undefined)?.[0], rest, sign)]
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  return { ...fields, [part]: withSign(fields[part], rest, sign) }
}

describe('signs that hide or turn round others, in every text that anybody may send (X6)', function () {
  this.timeout(180_000)
  let app: TestApp
  let calls: Call[]
  beforeEach(async () => {
    app = await startApp(SQLITE)
    calls = await callsOf(app)
  })
  afterEach(() => app.close())

  const resting = async (): Promise<string[]> =>
    Object.entries(await app.database.contents('kept_answer')).flatMap(([table, rows]) =>
      rows
        .map((row) => JSON.stringify(row))
        .filter((row) => SIGNS.some((sign) => row.includes(JSON.stringify(sign).slice(1, -1))))
        .map((row) => `${table}: ${row}`),
    )
  /** @returns what was taken, as `POST /x field` */
  const walk = async (
    send: (call: Call, path: Path, sign: string) => Promise<Response>,
    paths: (call: Call) => Path[],
  ) => {
    const taken: string[] = []
    const statuses: Record<number, number> = {}
    for (const call of calls)
      for (const path of paths(call))
        for (const sign of SIGNS) {
          const answer = await send(call, path, sign)
          expect(answer.status, `${call.name} ${path.join('.')}`).to.be.below(500)
          const before = taken.length
          if (answer.status < 300) taken.push(`${call.name} ${path.join('.')}`)
          // Named at once, by the way that let it in.
          if (taken.length > before) expect(await resting(), `${call.name} ${path.join('.')}`).to.deep.equal([])
          statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
        }
    return statuses
  }

  it('no route of the API keeps one', async () => {
    const { body } = await app.api.get('/openapi.json')
    const schemaOf = ({ name }: Call): Schema | undefined => {
      const [method = '', path = ''] = name.split(' ')
      const operation = body.paths[path.replace('/api/v1', '').replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
      return operation?.requestBody?.content['application/json'].schema
    }
    const statuses = await walk(
      ({ name, url, init }, path, sign) =>
        fetch(url, { ...init, body: JSON.stringify(withSign(BODIES[name], path, sign)) }),
      (call) => textsIn(schemaOf(call) ?? {}),
    )
    const { 401: strangers = 0, 403: others = 0, 400: malformed = 0, 422: refused = 0 } = statuses
    expect(malformed + refused, JSON.stringify(statuses)).to.be.above(200)
    // Few: nearly every text is refused for what it says, not for who says it.
    expect(strangers + others, JSON.stringify(statuses)).to.be.below((malformed + refused) / 10)
    expect(await resting()).to.deep.equal([])
  })

  it('no form of a page keeps one', async () => {
    const statuses = await walk(
      ({ url, init }, [field], sign) => {
        const fields = new URLSearchParams(init.body as URLSearchParams)
        const text = fields.get(String(field)) ?? ''
        fields.set(String(field), `${text.slice(0, 3)}${sign}${text.slice(3)}`)
        return fetch(url, { ...init, body: fields })
      },
      ({ name }) =>
        name.includes(' /api/') || !name.startsWith('POST ')
          ? []
          : Object.keys(BODIES[name] ?? {}).map((field) => [field]),
    )
    expect(statuses[422], JSON.stringify(statuses)).to.be.above(20)
    expect(await resting()).to.deep.equal([])
  })
})
