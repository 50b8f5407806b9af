import type { OrderSettings } from '../../../src/queue/call-order.js'
import type { WaitingTicket, WorkingCounter } from '../../../src/queue/estimates.js'

/** A wall-clock time of Tuesday 2026-11-24 in Rome. */
export const at = (time: string): Date => new Date(`2026-11-24T${time}:00+01:00`)

/** rules.md Q1 with its defaults; `punto-ritiro` has seniors first. */
export const settings = (part: Partial<OrderSettings> = {}): OrderSettings => ({
  dueMinutes: 10,
  lateMinutes: 15,
  services: {
    'scelta-revoca': { maxWaitMinutes: null, seniorFirst: false },
    neonati: { maxWaitMinutes: null, seniorFirst: false },
    'punto-ritiro': { maxWaitMinutes: null, seniorFirst: true },
  },
  ...part,
})

/** A walk-in for newborns who joined at 09:00. */
export const aTicket = (id: string, part: Partial<WaitingTicket> = {}): WaitingTicket => ({
  id,
  number: 1,
  made: 1,
  serviceId: 'neonati',
  startsAt: null,
  issuedAt: part.joinedAt ?? at('09:00'),
  joinedAt: at('09:00'),
  urgentAt: null,
  isSenior: false,
  isReturned: false,
  gaveWayUntil: null,
  forCounterId: null,
  ...part,
})

/** Booked at `start`, checked in at `arrived`. */
export const aBooked = (id: string, start: string, arrived: string, part: Partial<WaitingTicket> = {}): WaitingTicket =>
  aTicket(id, {
    serviceId: 'scelta-revoca',
    startsAt: at(start),
    issuedAt: at(arrived),
    joinedAt: at(arrived),
    ...part,
  })

export const aCounter = (id: string, part: Partial<WorkingCounter> = {}): WorkingCounter => ({
  id,
  serviceIds: null,
  visit: null,
  ...part,
})
