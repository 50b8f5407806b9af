import { VersionStore } from '../counters/index.js'
import type { Clock } from '../kernel/clock.js'
import { addDays, localDay } from '../kernel/local-day.js'
import type { Tx } from '../platform/db/tx.js'
import type { EventBus } from '../platform/events.js'
import type { BesideFile } from '../platform/restore/beside-file.js'
import type { GivenOut } from '../platform/restore/restores.js'
import type { Lane } from '../sites/index.js'
import { TicketStore } from './ticket.store.js'

declare module '../platform/events.js' {
  interface HouseEvents {
    /** W2: a number was given; whoever has it in hand keeps it, whatever becomes of the database. */
    'number.given': GivenNumber
  }
}

interface GivenNumber {
  siteId: string
  day: string
  lane: Lane
  number: number
}

type Highest = Record<string, number>

const nameOf = ({ siteId, day, lane }: Omit<GivenNumber, 'number'>): string => `number/${siteId}/${day}/${lane}`

/** The numbers among what is kept beside the data. */
const numbersOf = (highest: Highest): GivenNumber[] =>
  Object.entries(highest).flatMap(([name, number]) => {
    const [what, siteId = '', day = '', lane] = name.split('/')
    return what === 'number' ? [{ siteId, day, lane: lane as Lane, number }] : []
  })

const versionsOf = (highest: Highest): { siteId: string; version: number }[] =>
  Object.entries(highest).flatMap(([name, version]) => {
    const [what, siteId = ''] = name.split('/')
    return what === 'version' ? [{ siteId, version }] : []
  })

/** Keeps the highest number of each lane, and the version of each queue (B1), beside the data. */
export function keepGivenNumbers(events: EventBus, beside: BesideFile, clock: Clock): void {
  events.on('number.given', ({ number, ...lane }) => {
    // Whatever the site's zone, numbers of the day before yesterday are in nobody's hand.
    const since = addDays(localDay(clock(), 'UTC'), -2)
    const isOver = (name: string) => numbersOf({ [name]: 0 }).some(({ day }) => day < since)
    beside.keep({ highest: { [nameOf(lane)]: number } }, isOver)
  })
  events.on('queue.changed', ({ siteId, version }) => beside.keep({ highest: { [`version/${siteId}`]: version } }))
}

/** W2, B1: after a restore numbers and versions go on above the highest ever given. */
export const givenNumbers: GivenOut = {
  async isBehind(em: Tx['em'], highest: Highest): Promise<boolean> {
    for (const { number, ...lane } of numbersOf(highest))
      if ((await new TicketStore(em).lastNumber(lane, lane.lane)) < number) return true
    for (const { siteId, version } of versionsOf(highest))
      if ((await new VersionStore(em).version(siteId)) < version) return true
    return false
  },

  async catchUp(tx: Tx, highest: Highest, now: Date): Promise<void> {
    for (const { number, ...lane } of numbersOf(highest))
      await new TicketStore(tx.em).raiseNumber(lane, lane.lane, number)
    for (const { siteId, version } of versionsOf(highest)) {
      await tx.own(`queue:${siteId}`)
      await new VersionStore(tx.em).raise(siteId, version + 1, localDay(now, 'UTC'))
    }
  },
}
