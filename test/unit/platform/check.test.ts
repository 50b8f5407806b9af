import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import Joi from 'joi'
import type { AppError } from '../../../src/kernel/app-error.js'
import { hasMessage, translator } from '../../../src/messages/index.js'
import { check, codeOf, examine } from '../../../src/platform/http/check.js'
import { fieldMessage } from '../../../src/platform/http/problem.js'
import { day, id, instant, personsInBody, personsInQuery, secret } from '../../../src/platform/http/fields.js'

const refusalOf = (work: () => unknown): AppError => {
  try {
    work()
  } catch (error) {
    return error as AppError
  }
  throw new Error('accepted')
}

describe('checking input (T09, T19, T27)', () => {
  const schema = Joi.object({ site: id().required(), start: instant(), day: day(), persons: personsInBody() })
  const cases: [title: string, value: unknown, kind: string, faults: [field: string, code: string][]][] = [
    ['a missing value is not allowed', {}, 'not-allowed', [['site', 'required']]],
    ['an empty one too', { site: '' }, 'not-allowed', [['site', 'required']]],
    ['nothing at all', undefined, 'not-allowed', [['site', 'required']]],
    ['an unknown field is malformed', { site: 'a', x: 1 }, 'malformed', [['x', 'unknown-field']]],
    [
      'all faults at once',
      { x: 1, persons: 7 },
      'malformed',
      [
        ['site', 'required'],
        ['persons', 'range'],
        ['x', 'unknown-field'],
      ],
    ],
    ['a number for a text', { site: 0 }, 'malformed', [['site', 'type']]],
    ['true for a text', { site: true }, 'malformed', [['site', 'type']]],
    ['a list for a text', { site: [] }, 'malformed', [['site', 'type']]],
    ['an object for a text', { site: {} }, 'malformed', [['site', 'type']]],
    ['null for a text', { site: null }, 'malformed', [['site', 'type']]],
    ['upper case in an id', { site: 'Legnano' }, 'malformed', [['site', 'format']]],
    ['a space after an id', { site: 'legnano ' }, 'malformed', [['site', 'format']]],
    ['NUL in an id', { site: 'legnano\0' }, 'malformed', [['site', 'format']]],
    ['a day that does not exist', { site: 'a', day: '2026-02-31' }, 'malformed', [['day', 'day']]],
    ['an instant without offset', { site: 'a', start: '2026-11-24T08:30:00' }, 'malformed', [['start', 'instant']]],
    ['an instant on no day', { site: 'a', start: '2026-02-31T08:30:00Z' }, 'malformed', [['start', 'instant']]],
    ['a number for an instant', { site: 'a', start: 1 }, 'malformed', [['start', 'type']]],
    ['digits in quotes for persons', { site: 'a', persons: '2' }, 'malformed', [['persons', 'type']]],
    ['half a person', { site: 'a', persons: 1.5 }, 'malformed', [['persons', 'type']]],
    ['seven persons', { site: 'a', persons: 7 }, 'not-allowed', [['persons', 'range']]],
    ['a list for the whole', [], 'malformed', [['', 'type']]],
    ['a text for the whole', 'x', 'malformed', [['', 'type']]],
  ]
  for (const [title, value, kind, faults] of cases) {
    it(`${title}: ${kind}`, () => {
      const refusal = refusalOf(() => check(schema, value))
      expect(refusal).to.deep.include({ kind, code: 'invalid' })
      expect(refusal.details.errors?.map(({ field, code }) => [field, code])).to.have.deep.members(faults)
    })
  }

  const relations: [title: string, schema: Joi.ObjectSchema, value: object, faults: [field: string, code: string][]][] =
    [
      ['and', Joi.object({ a: Joi.any(), b: Joi.any() }).and('a', 'b'), { a: 1 }, [['b', 'required']]],
      ['nand', Joi.object({ a: Joi.any(), b: Joi.any() }).nand('a', 'b'), { a: 1, b: 1 }, [['b', 'unknown-field']]],
      ['or', Joi.object({ a: Joi.any(), b: Joi.any() }).or('a', 'b'), {}, [['b', 'required']]],
      ['xor, none', Joi.object({ a: Joi.any(), b: Joi.any() }).xor('a', 'b'), {}, [['b', 'required']]],
      ['xor, both', Joi.object({ a: Joi.any(), b: Joi.any() }).xor('a', 'b'), { a: 1, b: 1 }, [['b', 'unknown-field']]],
      ['oxor', Joi.object({ a: Joi.any(), b: Joi.any() }).oxor('a', 'b'), { a: 1, b: 1 }, [['b', 'unknown-field']]],
      ['with', Joi.object({ a: Joi.any(), b: Joi.any() }).with('a', 'b'), { a: 1 }, [['b', 'required']]],
      [
        'without',
        Joi.object({ a: Joi.any(), b: Joi.any() }).without('a', 'b'),
        { a: 1, b: 1 },
        [['b', 'unknown-field']],
      ],
      ['unique', Joi.object({ a: Joi.array().unique() }), { a: [1, 1] }, [['a[1]', 'duplicate']]],
      ['a list that is too long', Joi.object({ a: Joi.array().max(1) }), { a: [1, 2] }, [['a', 'range']]],
      ['a reserved value', Joi.object({ a: Joi.string().invalid('x') }), { a: 'x' }, [['a', 'refused']]],
    ]
  for (const [title, relation, value, faults] of relations)
    it(`fields together: ${title}`, () => {
      const refusal = refusalOf(() => check(relation, value))
      expect(refusal.details.errors?.map(({ field, code }) => [field, code])).to.deep.equal(faults)
      for (const { code, params } of refusal.details.errors ?? []) {
        expect(fieldMessage(translator('it'), code, params)).not.to.match(/\{\{|undefined|: da/)
      }
    })

  it('whatever joi can report of any type is a code of ours with a sentence in both languages', () => {
    const types = Object.values(Joi.types()) as unknown as { _definition: { messages: Record<string, unknown> } }[]
    const reported = types.flatMap(({ _definition }) => Object.keys(_definition.messages))
    expect(reported).to.include.members(['object.nand', 'array.unique', 'string.guid', 'number.positive', 'any.only'])
    for (const type of reported) {
      const code = codeOf(type)
      const keys = code === 'range' ? ['range', 'range-min', 'range-max', 'range-none'] : [code]
      for (const key of keys) expect(hasMessage(`fields.${key}`), `${type} → ${key}`).to.equal(true)
    }
  })

  it('and so is every fault that a schema of ours reports itself', () => {
    const root = new URL('../../../src/', import.meta.url)
    const forms = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
    const faults = forms.flatMap((path) =>
      [...readFileSync(new URL(path, root), 'utf8').matchAll(/helpers\.error\('([^']+)'/g)].map(
        ([, code]) => code ?? '',
      ),
    )
    expect(faults).to.include.members(['order', 'rule-times', 'taxCode.required', 'totp-digits'])
    const said = (code: string) =>
      [`fields.${code}`, `visitor.${code}`, `staff.faults.totp.${code}`].some((key) => hasMessage(key))
    expect([...new Set(faults)].filter((code) => !said(code))).to.deep.equal([])
  })

  it('T27: __proto__ as a field of its own is refused, also where JSON’s reader did not see it', () => {
    const planted = JSON.parse('{"site":"a","__proto__":{"x":1}}') as unknown
    expect(examine(schema, planted).ok).to.equal(false)
    const fromQuery = Object.assign(Object.create(null), { site: 'a' }) as Record<string, unknown>
    Object.defineProperty(fromQuery, '__proto__', { value: '1', enumerable: true })
    expect(examine(schema, fromQuery).ok).to.equal(false)
  })

  it('instants become Dates, persons of a query numbers', () => {
    expect(check(schema, { site: 'a', start: '2026-11-24T08:30+01:00' })).to.deep.include({
      start: new Date('2026-11-24T07:30:00Z'),
    })
    const query = Joi.object({ persons: personsInQuery() })
    expect(check(query, { persons: '6' })).to.deep.equal({ persons: 6 })
    expect(check(query, {})).to.deep.equal({ persons: 1 })
    for (const persons of ['0', '7', '06', '1e0', ' 1', '1.0', '', ['1', '2']]) {
      expect(examine(query, { persons }).ok, JSON.stringify(persons)).to.equal(false)
    }
  })

  it('a secret has 43 characters of base64url and nothing around them', () => {
    const schema = Joi.object({ hold: secret() })
    expect(examine(schema, { hold: 'a'.repeat(43) }).ok).to.equal(true)
    for (const hold of [
      'a'.repeat(42),
      'a'.repeat(44),
      `${'a'.repeat(42)} `,
      `${'a'.repeat(43)}\n`,
      `${'a'.repeat(42)}+`,
    ]) {
      expect(examine(schema, { hold }).ok, JSON.stringify(hold)).to.equal(false)
    }
  })

  it('T29: 50,000 characters are read in no time', () => {
    const startedMs = performance.now()
    for (const site of ['a-'.repeat(25_000), 'a'.repeat(50_000), '-'.repeat(50_000)])
      examine(schema, { site, day: site, start: site })
    expect(performance.now() - startedMs).to.be.below(1000)
  })
})
