import { recordChange } from '../audit/index.js'
import { conflict } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { CLOSED, type Counter } from './counter.js'
import { changeCounter, openQueueOf } from './counter-changes.js'
import { CounterStore } from './counter.store.js'
import { openQueue, type UnitDeps } from './queue-unit.js'

export interface AddCounterCommand {
  siteId: string
  name: string
  who: string
}

/** A new counter, closed. @throws not-found `unknown-site`; conflict `name-taken`: people must know where to go */
export const makeAddCounter =
  (deps: UnitDeps) =>
  async (tx: Tx, { siteId, name, who }: AddCounterCommand): Promise<Counter> => {
    const unit = await openQueue(tx, deps, siteId)
    const store = new CounterStore(tx.em)
    const others = await store.ofSite(siteId)
    if (others.some((other) => other.name === name)) throw conflict('name-taken')
    const position = Math.max(0, ...others.map((other) => other.position)) + 1
    const counter: Counter = { id: await freeId(store, siteId, position), siteId, name, position, ...CLOSED }
    await unit.version()
    await store.add(counter)
    const change = { at: unit.now, who, what: 'add-counter', subjectKind: 'counter', subjectId: counter.id } as const
    await recordChange(tx, { ...change, to: name })
    return counter
  }

/** `legnano-4`. Ids are unique over all sites, so the number may have to move on. */
async function freeId(store: CounterStore, siteId: string, number: number): Promise<string> {
  const id = `${siteId}-${number}`
  return (await store.find(id)) ? freeId(store, siteId, number + 1) : id
}

export interface RenameCounterCommand {
  counterId: string
  name: string
  who: string
}

/** @throws not-found `unknown-counter`; conflict `name-taken` */
export const makeRenameCounter =
  (deps: UnitDeps) =>
  async (tx: Tx, { counterId, name, who }: RenameCounterCommand): Promise<Counter> => {
    const { unit, counter } = await openQueueOf(tx, deps, counterId)
    const others = await new CounterStore(tx.em).ofSite(counter.siteId)
    if (others.some((other) => other.id !== counterId && other.name === name)) throw conflict('name-taken')
    return counter.name === name ? counter : changeCounter(unit, counter, { who, what: 'rename-counter', to: { name } })
  }
