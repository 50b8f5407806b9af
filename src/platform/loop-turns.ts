/** So many turns of the event loop in a row may go to new connections alone. */
const MOST_YIELDS = 20

/**
 * libuv takes one new connection a turn of the event loop (T56): with hundreds at the gate and turns of 40 ms the last waits
 * for twenty seconds, health check included. So work that can wait is begun here: in the turn after next while connections
 * keep coming – a turn that only takes one is over in a blink –, at once otherwise.
 */
export class LoopTurns {
  private works: (() => void)[] = []
  private isDue = false
  private hasComer = false
  private yields = 0

  /** A connection was taken in this turn: there may be more behind it. */
  noteConnection(): void {
    this.hasComer = true
  }

  /** Runs `work` at the end of this turn, or of a later one. */
  next(work: () => void): void {
    this.works.push(work)
    if (this.isDue) return
    this.isDue = true
    setImmediate(this.turn)
  }

  private readonly turn = (): void => {
    if (this.hasComer && this.yields < MOST_YIELDS) {
      this.hasComer = false
      this.yields++
      setImmediate(this.turn)
      return
    }
    const { works } = this
    this.works = []
    this.isDue = false
    this.hasComer = false
    this.yields = 0
    for (const work of works) work()
  }
}

/** The process has one event loop. */
export const loopTurns = new LoopTurns()
