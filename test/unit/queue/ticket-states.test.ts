import { expect } from 'chai'
import type { TicketStatus } from '../../../src/queue/queue.shape.js'
import { isTaken, stateAfter, statusNow, TICKET_MOVES, type TicketMove } from '../../../src/queue/ticket-states.js'

const ALL: TicketStatus[] = ['waiting', 'called', 'serving', 'done', 'missed', 'parked', 'left', 'closed']

describe('the states of a ticket (Q4)', () => {
  it('has no way out of closed, and one out of done and left: staff reopen them, with a reason', () => {
    const out = (from: TicketStatus) =>
      (Object.keys(TICKET_MOVES) as TicketMove[]).filter((move) => stateAfter(move, from) !== null)
    expect([out('closed'), out('done'), out('left')]).to.deep.equal([[], ['reopen'], ['reopen']])
  })

  it('reaches every state from waiting', () => {
    const reached = new Set<TicketStatus>(['waiting'])
    for (const _ of ALL) {
      for (const from of Array.from(reached)) {
        for (const move of Object.keys(TICKET_MOVES) as TicketMove[]) {
          const next = stateAfter(move, from)
          if (next) reached.add(next)
        }
      }
    }
    expect([...reached].sort()).to.deep.equal([...ALL].sort())
  })

  it('takes a step once: done is done, but each recall is a call', () => {
    expect(isTaken('done', { status: 'done', lastStep: 'done' })).to.equal(true)
    expect(isTaken('recall', { status: 'called', lastStep: 'recall' })).to.equal(false)
    expect(isTaken('return', { status: 'waiting', lastStep: 'issue' })).to.equal(false)
  })

  it('G15: shows yesterday’s as over', () => {
    const states = ALL.map((status) => statusNow({ status, day: '2026-11-24' }, '2026-11-25'))
    expect(states).to.deep.equal(['left', 'closed', 'closed', 'done', 'missed', 'left', 'left', 'closed'])
  })
})
