import { randomUUID } from 'node:crypto'
import type { DataSource, EntityManager } from 'typeorm'
import type { Clock } from '../../kernel/clock.js'
import type { Tx } from '../db/tx.js'
import type { UnitOfWork } from '../db/unit-of-work.js'
import type { Log } from '../log.js'
import type { BesideFile } from './beside-file.js'
import { InstallationStore, ownInstallation } from './installation.store.js'

/** What a room has given out, and must not give out again. */
export interface GivenOut {
  /** True when more was given than the database knows of. */
  isBehind(em: EntityManager, highest: Record<string, number>): Promise<boolean>
  /** Goes on above the highest. */
  catchUp(tx: Tx, highest: Record<string, number>, now: Date): Promise<void>
}

interface Deps {
  dataSource: DataSource
  unitOfWork: UnitOfWork
  clock: Clock
  log: Log
  beside: BesideFile
}

/**
 * Knows a database that came back from a backup: it is behind what is kept beside the data (docs/decisions/022). Then
 * mail waits for an admin, since what it says may have been said already, and numbers go on above the highest given.
 */
export class Restores {
  private givenOut: GivenOut | null = null

  constructor(private readonly deps: Deps) {}

  /** For the room above that gives numbers out. */
  watches(givenOut: GivenOut): void {
    this.givenOut = givenOut
  }

  /** At each start, before anything is sent or given out. @returns true when a restore was found just now */
  async look(): Promise<boolean> {
    const { unitOfWork, beside, log } = this.deps
    const { isRestored, is } = await unitOfWork.run((tx) => this.compare(tx))
    beside.begin(is)
    if (isRestored)
      log.warn(
        'the database is older than what was known here: a backup was restored. Mail is held until an admin says go',
      )
    return isRestored
  }

  /** In the transaction of what cannot be undone, such as the note that a mail has left. */
  async raise(tx: Tx): Promise<void> {
    const { beside } = this.deps
    if (!beside.present) return
    const generation = await new InstallationStore(tx.em).raise(beside.present.writer)
    tx.afterCommit(() => beside.keep({ generation }))
  }

  /** Also when the backup was put back while we were running. */
  async isMailHeld(): Promise<boolean> {
    const { dataSource, beside } = this.deps
    const store = new InstallationStore(dataSource.manager)
    const known = beside.present
    if (known && (await store.generation(known.writer)) < known.generation) await this.look()
    return (await store.mailHeldSince()) !== null
  }

  private async isBehind({ em }: Tx, highest: Record<string, number>): Promise<boolean> {
    return (await this.givenOut?.isBehind(em, highest)) ?? false
  }

  private async compare(tx: Tx) {
    const { beside, clock } = this.deps
    const { givenOut } = this
    const database = await ownInstallation(tx)
    const store = new InstallationStore(tx.em)
    const kept = beside.present ?? beside.read()
    const mine = kept?.database === database ? kept : null
    const writer = mine?.writer ?? randomUUID()
    const value = await store.generation(writer)
    const isRestored = mine !== null && (value < mine.generation || (await this.isBehind(tx, mine.highest)))
    if (mine && isRestored) {
      await givenOut?.catchUp(tx, mine.highest, clock())
      await store.holdMail(clock())
    }
    const generation = Math.max(value, mine?.generation ?? 0) + (isRestored ? 1 : 0)
    await store.setGeneration(writer, generation)
    return { isRestored, is: { database, writer, generation, highest: mine?.highest ?? {} } }
  }
}
