import type { TicketStatus } from '../../../src/queue/index.js'

/** The rules Q1–Q5, Q8, Q9 and W1 once more, written for reading and not for a database: what the real queue is compared with. */
export interface ModelTicket {
  id: string
  made: number
  number: number
  /** Milliseconds, all of them. */
  start: number | null
  issued: number
  joined: number
  urgent: number | null
  returned: boolean
  /** Until when others go first; it was used once it is there. */
  gaveWay: number | null
  service: string
  status: TicketStatus
  counter: string | null
  onlyFor: string | null
  times: number
  firstCalledAt: number | null
  calledAt: number | null
  booking: string | null
  undone: boolean
  /** How it came back to wait, if that was the last that happened. */
  cameBack: 'return' | 'reopen' | null
  step: ModelStep | null
}

interface ModelStep {
  at: number
  before: Map<ModelTicket, ModelTicket>
}

export interface Model {
  now: number
  version: number
  /** Open counters, and the session each belongs to. */
  open: Map<string, string>
  paused: Set<string>
  tickets: ModelTicket[]
}

const MINUTE = 60_000

/** Smaller is called first. */
function keyOf(ticket: ModelTicket, now: number): number[] {
  const key = keyInClass(ticket, now)
  return [key[0] !== 1 && ticket.gaveWay !== null && now < ticket.gaveWay ? 1 : 0, ...key]
}

/** Who is there again needs no more minutes. */
const there = ({ now }: Model, { gaveWay }: ModelTicket) => ({
  gaveWay: gaveWay !== null && now < gaveWay ? now : gaveWay,
})

function keyInClass(ticket: ModelTicket, now: number): number[] {
  const { start, issued, joined, urgent, number } = ticket
  const walkIn = [4, joined, number]
  if (ticket.returned) return walkIn
  if (urgent !== null) return [1, urgent]
  if (start === null) return ticket.service === 'punto-ritiro' ? [5, joined, number] : walkIn
  if (issued > start + 15 * MINUTE) return walkIn
  return [start <= now + 10 * MINUTE ? 3 : 6, start, issued, number]
}

const firstOf = (tickets: ModelTicket[], now: number): ModelTicket | undefined =>
  [...tickets].sort((one, other) => {
    const [a, b] = [keyOf(one, now), keyOf(other, now)]
    for (let i = 0; i < Math.max(a.length, b.length); i++) if (a[i] !== b[i]) return (a[i] ?? 0) - (b[i] ?? 0)
    return one.made - other.made
  })[0]

const busyAt = (model: Model, counter: string): ModelTicket | undefined =>
  model.tickets.find((ticket) => ticket.counter === counter && ['called', 'serving'].includes(ticket.status))

/** Q8: who is at a counter is the matter of whose the counter is. */
const isOthers = ({ open }: Model, { status, counter }: ModelTicket, session: string): boolean =>
  ['called', 'serving'].includes(status) && counter !== null && open.get(counter) !== session

/** Who comes back to wait is bound only to a counter that is still open. */
const boundTo = ({ open }: Model, { onlyFor }: ModelTicket): string | null =>
  onlyFor !== null && open.has(onlyFor) ? onlyFor : null

export const NO = 'refused'
export type Told = TicketStatus | 'nobody' | typeof NO

/** One press: `change` is recorded in the version, and can be undone when `step` is given. */
function put(ticket: ModelTicket, to: Partial<ModelTicket>, step: ModelStep | null = null): void {
  step?.before.set(ticket, { ...ticket })
  Object.assign(ticket, { undone: false, cameBack: null }, to, { step })
}

/** Every press of the model: what the real queue must answer, and what must have become of the tickets. */
export const press = {
  issue(model: Model, id: string, part: Partial<ModelTicket>): Told {
    const lane = (ticket: Partial<ModelTicket>) => (ticket.start == null ? 'D' : 'P')
    const number = model.tickets.filter((other) => lane(other) === lane(part)).length + 1
    model.version++
    const { now } = model
    const blank = {
      start: null,
      urgent: null,
      returned: false,
      gaveWay: null,
      service: 'accesso-diretto',
      counter: null,
      onlyFor: null,
    }
    const fresh = {
      times: 0,
      firstCalledAt: null,
      calledAt: null,
      booking: null,
      undone: false,
      cameBack: null,
      step: null,
      status: 'waiting' as const,
    }
    model.tickets.push({ ...blank, ...fresh, id, made: model.version, number, issued: now, joined: now, ...part })
    return 'waiting'
  },

  open(model: Model, counter: string, session: string, takesOver = false): Told {
    const holder = model.open.get(counter)
    if (holder === session) return 'nobody'
    if (holder !== undefined && !takesOver) return NO
    model.version++
    model.open.set(counter, session)
    model.paused.delete(counter)
    return 'nobody'
  },

  close(model: Model, counter: string): Told {
    if (!model.open.delete(counter)) return 'nobody'
    model.version++
    model.paused.delete(counter)
    const busy = busyAt(model, counter)
    if (busy) put(busy, { status: 'done' }, { at: model.now, before: new Map() })
    freeBound(model, counter)
    return 'nobody'
  },

  endSession(model: Model, session: string): Told {
    for (const counter of [...model.open.keys()].sort()) {
      if (model.open.get(counter) !== session) continue
      model.open.delete(counter)
      model.version++
      model.paused.delete(counter)
      const busy = busyAt(model, counter)
      if (busy) put(busy, { status: 'parked' })
      freeBound(model, counter)
    }
    return 'nobody'
  },

  pause(model: Model, counter: string, session: string): Told {
    if (model.open.get(counter) !== session) return NO
    if (!model.paused.has(counter)) model.version++
    model.paused.add(counter)
    return 'nobody'
  },

  resume(model: Model, counter: string, session: string): Told {
    if (model.open.get(counter) !== session) return NO
    if (model.paused.delete(counter)) model.version++
    return 'nobody'
  },

  next(model: Model, counter: string, session: string, outcome: 'done' | 'missed' | null = null): Told {
    if (model.open.get(counter) !== session) return NO
    const busy = busyAt(model, counter)
    const isSame =
      busy?.status === 'called' && busy.firstCalledAt !== null && Math.abs(model.now - busy.firstCalledAt) < 2000
    if (isSame) return 'called'
    if (model.paused.has(counter) || (busy?.status === 'serving' && outcome === 'missed')) return NO
    const mine = ({ status, onlyFor }: ModelTicket) => status === 'waiting' && (onlyFor === null || onlyFor === counter)
    const first = firstOf(model.tickets.filter(mine), model.now)
    const step = { at: model.now, before: new Map() }
    if (busy || first) model.version++
    if (busy) put(busy, { status: outcome ?? 'done' }, step)
    if (!first) return 'nobody'
    put(first, { status: 'called', counter, times: 1, firstCalledAt: model.now, calledAt: model.now }, step)
    return 'called'
  },

  call(model: Model, ticket: ModelTicket, counter: string, session: string): Told {
    if (model.open.get(counter) !== session) return NO
    const busy = busyAt(model, counter)
    if (busy === ticket && ticket.status === 'called') return 'called'
    const isKnown = ticket.counter === counter || ticket.onlyFor === counter
    const mayBeCalled = ticket.status === 'waiting' || (['missed', 'parked'].includes(ticket.status) && isKnown)
    if (!mayBeCalled || model.paused.has(counter)) return NO
    const step = { at: model.now, before: new Map() }
    model.version++
    if (busy) put(busy, { status: 'done' }, step)
    put(ticket, { status: 'called', counter, times: 1, firstCalledAt: model.now, calledAt: model.now }, step)
    return 'called'
  },

  recall(model: Model, ticket: ModelTicket, session: string): Told {
    if (ticket.status !== 'called' || isOthers(model, ticket, session)) return NO
    if (ticket.calledAt !== null && Math.abs(model.now - ticket.calledAt) < 8000) return 'called'
    model.version++
    if (ticket.times >= 3) put(ticket, { status: 'missed' }, { at: model.now, before: new Map() })
    else put(ticket, { times: ticket.times + 1, calledAt: model.now })
    return ticket.status
  },

  start: (model: Model, ticket: ModelTicket, session: string): Told =>
    plain(model, ticket, { to: 'serving', from: ['called'], session }),
  done: (model: Model, ticket: ModelTicket, session: string): Told =>
    plain(model, ticket, { to: 'done', from: ['called', 'serving'], canUndo: true, session }),
  missed: (model: Model, ticket: ModelTicket, session: string): Told =>
    plain(model, ticket, { to: 'missed', from: ['called'], canUndo: true, session }),
  leave: (model: Model, ticket: ModelTicket, session: string): Told =>
    plain(model, ticket, { to: 'left', from: ['waiting'], session }),
  park: (model: Model, ticket: ModelTicket, session: string): Told =>
    plain(model, ticket, { to: 'parked', from: ['waiting', 'called', 'serving'], session }),

  returnTicket(model: Model, ticket: ModelTicket): Told {
    if (ticket.status === 'waiting' && ticket.cameBack === 'return') return 'waiting'
    if (ticket.status !== 'missed' && ticket.status !== 'parked') return NO
    model.version++
    const anew = ticket.status === 'missed' ? { joined: model.now, returned: true } : {}
    const back = { status: 'waiting', counter: null, cameBack: 'return', onlyFor: boundTo(model, ticket) } as const
    put(ticket, { ...back, ...there(model, ticket), ...anew })
    return 'waiting'
  },

  reopen(model: Model, ticket: ModelTicket): Told {
    if (ticket.status === 'waiting' && ticket.cameBack === 'reopen') return 'waiting'
    if (!['done', 'left', 'missed'].includes(ticket.status) || lastOf(model, ticket) !== ticket) return NO
    model.version++
    const anew = { joined: model.now, returned: true, ...there(model, ticket) }
    put(ticket, { status: 'waiting', counter: null, cameBack: 'reopen', onlyFor: boundTo(model, ticket), ...anew })
    return 'waiting'
  },

  grantUrgency(model: Model, ticket: ModelTicket): Told {
    if (ticket.status !== 'waiting') return NO
    if (ticket.urgent !== null && !ticket.returned) return 'waiting'
    model.version++
    put(ticket, { urgent: model.now, returned: false })
    return 'waiting'
  },

  giveWay(model: Model, ticket: ModelTicket): Told {
    const isUrgent = ticket.urgent !== null && !ticket.returned
    if (ticket.status !== 'waiting' || ticket.gaveWay !== null || isUrgent) return NO
    model.version++
    put(ticket, { gaveWay: model.now + 10 * MINUTE })
    return 'waiting'
  },

  /** Who has a booking shows the code once more (W1). @returns null where a new ticket is to be given */
  checkInAgain(model: Model, ticket: ModelTicket): Told | null {
    const last = lastOf(model, ticket)
    if (last.status === 'done') return NO
    if (last.status === 'missed') return press.returnTicket(model, last)
    return last.status === 'left' ? null : last.status
  },

  transfer(
    model: Model,
    ticket: ModelTicket,
    { to, session }: { to: { service: string } | { counter: string }; session: string },
  ): Told {
    if (!['waiting', 'called', 'serving'].includes(ticket.status) || isOthers(model, ticket, session)) return NO
    if ('counter' in to && !model.open.has(to.counter)) return NO
    const aim =
      'counter' in to ? { service: ticket.service, onlyFor: to.counter } : { service: to.service, onlyFor: null }
    if (ticket.status === 'waiting' && ticket.service === aim.service && ticket.onlyFor === aim.onlyFor)
      return 'waiting'
    model.version++
    put(ticket, { ...(ticket.status !== 'waiting' && there(model, ticket)), status: 'waiting', counter: null, ...aim })
    return 'waiting'
  },

  undo(model: Model, ticket: ModelTicket, session: string): Told {
    if (ticket.undone) return ticket.status
    const { step } = ticket
    if (!step || Math.abs(model.now - step.at) >= 10_000) return NO
    const together = [...step.before.keys()]
    if (together.some((each) => each.step !== step)) return NO
    for (const [each, before] of step.before) {
      if (isOthers(model, each, session) || isOthers(model, before, session)) return NO
      if (!['called', 'serving'].includes(before.status) || before.counter === null) continue
      const busy = busyAt(model, before.counter)
      if (!model.open.has(before.counter) || (busy && !together.includes(busy))) return NO
    }
    model.version++
    for (const [each, before] of step.before)
      Object.assign(each, before, {
        step: null,
        undone: true,
        cameBack: null,
        onlyFor: before.status === 'waiting' ? boundTo(model, each) : each.onlyFor,
      })
    return ticket.status
  },
}

/** Who was sent to a counter that closes waits for any. */
function freeBound(model: Model, counter: string): void {
  for (const ticket of model.tickets) {
    if (ticket.status !== 'waiting' || ticket.onlyFor !== counter) continue
    const { undone, cameBack } = ticket
    put(ticket, { onlyFor: null, undone, cameBack })
  }
}

/** The last ticket of the same booking. */
const lastOf = (model: Model, ticket: ModelTicket): ModelTicket =>
  model.tickets.filter(({ booking }) => booking !== null && booking === ticket.booking).at(-1) ?? ticket

interface Plain {
  to: TicketStatus
  from: TicketStatus[]
  canUndo?: true
  session: string
}

function plain(model: Model, ticket: ModelTicket, { to, from, canUndo, session }: Plain): Told {
  if (ticket.status === to) return to
  if (!from.includes(ticket.status) || isOthers(model, ticket, session)) return NO
  model.version++
  put(ticket, { status: to }, canUndo ? { at: model.now, before: new Map() } : null)
  return to
}
