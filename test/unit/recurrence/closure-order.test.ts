import { expect } from 'chai'
import type { Closure } from '../../../src/recurrence/index.js'
import { inOrder } from '../../../src/recurrence/index.js'

const closure = (id: string, part: Partial<Closure>): Closure => ({
  id,
  calendarId: null,
  fromOn: null,
  toOn: null,
  fromAt: null,
  toAt: null,
  reason: '',
  isPublic: true,
  ...part,
})

describe('closures as people read them (S5)', () => {
  it('stand in the order in which they begin at the site, whole days and hours alike, whatever their ids', () => {
    const closures = [
      closure('d', { fromOn: '2026-11-29', toOn: '2026-11-30' }),
      closure('c', { fromAt: new Date('2026-11-27T23:30:00Z'), toAt: new Date('2026-11-28T12:00:00Z') }),
      closure('b', { fromOn: '2026-11-28', toOn: '2026-11-29' }),
      closure('a', { fromOn: '2026-11-29', toOn: '2026-12-01' }),
    ]
    const ids = (list: Closure[]) => inOrder(list, 'Europe/Rome').map(({ id }) => id)
    expect(ids(closures)).to.deep.equal(['b', 'c', 'a', 'd'])
    expect(ids([...closures].reverse())).to.deep.equal(['b', 'c', 'a', 'd'])
  })
})
