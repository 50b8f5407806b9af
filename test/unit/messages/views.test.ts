import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { it as italian } from '../../../src/messages/it/index.js'
import { readFiles, type SourceFile } from '../../support/architecture/scan.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..')
const views = readFiles(ROOT, 'views', ['.ejs'])

const keysOf = (group: object, path = ''): string[] =>
  Object.entries(group).flatMap(([name, text]: [string, unknown]) =>
    typeof text === 'object' && text !== null
      ? keysOf(text, `${path}${name}.`)
      : [`${path}${name}`.replace(/_(one|other)$/, '')],
  )

const KEYS = [...new Set(keysOf(italian))]
const TOPICS = Object.keys(italian).join('|')
/** A key as a view writes it, whole or put together: `'ticket.leave.yes'`, or in backticks with `${state}` inside. */
const ASKED = new RegExp(`['"\`]((?:${TOPICS})\\.(?:[\\w.-]|\\$\\{[^}]*\\})+)['"\`]`, 'g')

const pattern = (key: string): RegExp =>
  new RegExp(
    `^${key
      .split(/\$\{[^}]*\}/)
      .map((text) => text.replaceAll('.', '\\.'))
      .join('[^.]+')}$`,
  )

/** Every key that views ask for, with the file; only what runs in a view is looked at, not its HTML. */
const asked = (files: readonly SourceFile[]): { path: string; key: string }[] =>
  files.flatMap(({ path, text }) =>
    [...text.matchAll(/<%(?![#%])[\s\S]*?%>/g)].flatMap(([code]) =>
      [...code.matchAll(ASKED)].map(([, key = '']) => ({ path, key })),
    ),
  )

const unknown = (files: readonly SourceFile[]): string[] =>
  asked(files)
    .filter(({ key }) => !KEYS.some((known) => pattern(key).test(known)))
    .map(({ path, key }) => `${path} asks for ${key}`)

/** Views are no TypeScript: what `Translate` keeps in code is kept here in them (docs/decisions/030). */
describe('the sentences that views ask for', () => {
  it('are all there', () => {
    expect(asked(views).length).to.be.greaterThan(400)
    expect(unknown(views)).to.deep.equal([])
  })

  it('are missed, whole or put together', () => {
    const planted = (code: string) => unknown([{ path: 'views/a.ejs', text: `<p><%= ${code} %></p>` }])
    expect(planted("t('citizen.home.headnig')")).to.deep.equal(['views/a.ejs asks for citizen.home.headnig'])
    expect(planted('t(`citizen.booking.stauts.${state}`)')).to.have.length(1)
    expect(planted('t(`citizen.booking.status.${state}`)')).to.deep.equal([])
  })

  it('are called without their number, which a count chooses', () =>
    expect(unknown([{ path: 'a', text: "<%= t('citizen.choose.slot.free', { count: 1 }) %>" }])).to.deep.equal([]))
})
