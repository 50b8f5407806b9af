import type { TicketStatus } from '../../../src/queue/index.js'

/** The rules Q1–Q5 once more, written for reading and not for a database: what the real queue is compared with. */
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
  service: string
  status: TicketStatus
  counter: string | null
  onlyFor: string | null
  times: number
  firstCalledAt: number | null
  undone: boolean
  returnedLast: boolean
  step: ModelStep | null
}

interface ModelStep {
  at: number
  before: Map<ModelTicket, ModelTicket>
}

export interface Model {
  now: number
  version: number
  open: Set<string>
  tickets: ModelTicket[]
}

const MINUTE = 60_000

/** Smaller is called first. */
function keyOf(ticket: ModelTicket, now: number): number[] {
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

/** Who comes back to wait is bound only to a counter that is still open. */
const boundTo = ({ open }: Model, { onlyFor }: ModelTicket): string | null =>
  onlyFor !== null && open.has(onlyFor) ? onlyFor : null

export const NO = 'refused'
export type Told = TicketStatus | 'nobody' | typeof NO

/** One press: `change` is recorded in the version, and can be undone when `step` is given. */
function put(ticket: ModelTicket, to: Partial<ModelTicket>, step: ModelStep | null = null): void {
  step?.before.set(ticket, { ...ticket })
  Object.assign(ticket, { undone: false, returnedLast: false }, to, { step })
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
      service: 'accesso-diretto',
      counter: null,
      onlyFor: null,
    }
    const fresh = {
      times: 0,
      firstCalledAt: null,
      undone: false,
      returnedLast: false,
      step: null,
      status: 'waiting' as const,
    }
    model.tickets.push({ ...blank, ...fresh, id, made: model.version, number, issued: now, joined: now, ...part })
    return 'waiting'
  },

  open(model: Model, counter: string): Told {
    if (!model.open.has(counter)) model.version++
    model.open.add(counter)
    return 'nobody'
  },

  close(model: Model, counter: string): Told {
    if (!model.open.delete(counter)) return 'nobody'
    model.version++
    const busy = busyAt(model, counter)
    if (busy) put(busy, { status: 'done' }, { at: model.now, before: new Map() })
    for (const ticket of model.tickets) {
      if (ticket.status === 'waiting' && ticket.onlyFor === counter) {
        const { undone, returnedLast } = ticket
        put(ticket, { onlyFor: null, undone, returnedLast })
      }
    }
    return 'nobody'
  },

  next(model: Model, counter: string): Told {
    if (!model.open.has(counter)) return NO
    const busy = busyAt(model, counter)
    const isSame = busy?.status === 'called' && busy.firstCalledAt !== null && model.now - busy.firstCalledAt < 2000
    if (isSame) return 'called'
    const mine = ({ status, onlyFor }: ModelTicket) => status === 'waiting' && (onlyFor === null || onlyFor === counter)
    const first = firstOf(model.tickets.filter(mine), model.now)
    const step = { at: model.now, before: new Map() }
    if (busy || first) model.version++
    if (busy) put(busy, { status: 'done' }, step)
    if (!first) return 'nobody'
    put(first, { status: 'called', counter, times: 1, firstCalledAt: model.now }, step)
    return 'called'
  },

  call(model: Model, ticket: ModelTicket, counter: string): Told {
    if (!model.open.has(counter)) return NO
    const busy = busyAt(model, counter)
    if (busy === ticket && ticket.status === 'called') return 'called'
    if (ticket.status !== 'waiting') return NO
    const step = { at: model.now, before: new Map() }
    model.version++
    if (busy) put(busy, { status: 'done' }, step)
    put(ticket, { status: 'called', counter, times: 1, firstCalledAt: model.now }, step)
    return 'called'
  },

  recall(model: Model, ticket: ModelTicket): Told {
    if (ticket.status !== 'called') return NO
    model.version++
    if (ticket.times >= 3) put(ticket, { status: 'missed' }, { at: model.now, before: new Map() })
    else put(ticket, { times: ticket.times + 1 })
    return ticket.status
  },

  start: (model: Model, ticket: ModelTicket): Told => plain(model, ticket, { to: 'serving', from: ['called'] }),
  done: (model: Model, ticket: ModelTicket): Told =>
    plain(model, ticket, { to: 'done', from: ['called', 'serving'], canUndo: true }),
  missed: (model: Model, ticket: ModelTicket): Told =>
    plain(model, ticket, { to: 'missed', from: ['called'], canUndo: true }),
  leave: (model: Model, ticket: ModelTicket): Told => plain(model, ticket, { to: 'left', from: ['waiting'] }),
  park: (model: Model, ticket: ModelTicket): Told =>
    plain(model, ticket, { to: 'parked', from: ['waiting', 'called', 'serving'], also: { counter: null } }),

  returnTicket(model: Model, ticket: ModelTicket): Told {
    if (ticket.status === 'waiting' && ticket.returnedLast) return 'waiting'
    if (ticket.status !== 'missed' && ticket.status !== 'parked') return NO
    model.version++
    const anew = ticket.status === 'missed' ? { joined: model.now, returned: true } : {}
    put(ticket, { status: 'waiting', counter: null, returnedLast: true, onlyFor: boundTo(model, ticket), ...anew })
    return 'waiting'
  },

  transfer(model: Model, ticket: ModelTicket, to: { service: string } | { counter: string }): Told {
    if (!['waiting', 'called', 'serving'].includes(ticket.status)) return NO
    if ('counter' in to && !model.open.has(to.counter)) return NO
    const aim =
      'counter' in to ? { service: ticket.service, onlyFor: to.counter } : { service: to.service, onlyFor: null }
    if (ticket.status === 'waiting' && ticket.service === aim.service && ticket.onlyFor === aim.onlyFor)
      return 'waiting'
    model.version++
    put(ticket, { status: 'waiting', counter: null, ...aim })
    return 'waiting'
  },

  undo(model: Model, ticket: ModelTicket): Told {
    if (ticket.undone) return ticket.status
    const { step } = ticket
    if (!step || model.now - step.at >= 10_000) return NO
    const together = [...step.before.keys()]
    if (together.some((each) => each.step !== step)) return NO
    for (const before of step.before.values()) {
      if (before.status === 'waiting' || before.counter === null) continue
      const busy = busyAt(model, before.counter)
      if (!model.open.has(before.counter) || (busy && !together.includes(busy))) return NO
    }
    model.version++
    for (const [each, before] of step.before)
      Object.assign(each, before, {
        step: null,
        undone: true,
        returnedLast: false,
        onlyFor: before.status === 'waiting' ? boundTo(model, each) : each.onlyFor,
      })
    return ticket.status
  },
}

interface Plain {
  to: TicketStatus
  from: TicketStatus[]
  canUndo?: true
  also?: Partial<ModelTicket>
}

function plain(model: Model, ticket: ModelTicket, { to, from, canUndo, also }: Plain): Told {
  if (ticket.status === to) return to
  if (!from.includes(ticket.status)) return NO
  model.version++
  put(ticket, { status: to, ...also }, canUndo ? { at: model.now, before: new Map() } : null)
  return to
}
