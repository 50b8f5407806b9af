import { expect } from 'chai'
import { hasMessage, translator } from '../../../src/messages/index.js'
import type { it as Italian } from '../../../src/messages/it/index.js'
import type { KeyOf } from '../../../src/messages/keys.shape.js'

const t = translator('it')

/** Run by `npm run types`: each `@ts-expect-error` is a fault that must not compile, or the compiler says so. */
describe('the keys of sentences', () => {
  it('are known to the compiler, whole, by their stem when counted, and put together of what is known', () => {
    const status: 'waiting' | 'called' = 'called'
    expect(t('problems.slot-full')).to.be.a('string').and.not.equal('problems.slot-full')
    expect(t('citizen.layout.persons', { count: 2 })).to.include('2')
    expect(t(`ticket.status.${status}.title`, { counter: '3' })).to.include('3')
  })

  it('do not compile when there is none, when they are a group, or of any text', () => {
    const text: string = ['problems', 'invalid'].join('.')
    // @ts-expect-error no such sentence
    expect(t('problems.slot-fulll')).to.equal('problems.slot-fulll')
    // @ts-expect-error a group
    void (() => t('ticket.status'))
    // @ts-expect-error any text
    void (() => t(text))
    // @ts-expect-error put together of any text
    void (() => t(`problems.${text}`))
    expect(hasMessage(text) ? t(text) : '').to.equal(t('problems.invalid'))
  })

  it('are those of a page’s own topic in the browser’s code, where another’s do not compile', () => {
    const own: KeyOf<'ticket'>[] = ['status.called.title', 'ahead.people', 'stale']
    // @ts-expect-error of another page
    own.push('start.heading')
    // @ts-expect-error no such topic
    const none: KeyOf<'tickets'> | null = null
    expect([own.length, none]).to.deep.equal([4, null])
  })

  it('are the same in English, by type', () => {
    const one = { where: 'Dove' } satisfies Partial<(typeof Italian)['ticket']>
    // @ts-expect-error English lacks what Italian has
    const english: typeof Italian = { ticket: one }
    expect(english).to.be.an('object')
  })
})
