import type { Request, RequestHandler, Response } from 'express'
import type { LoopTurns } from '../loop-turns.js'
import { ofThisErrand } from '../errand.js'

interface Settings {
  turns: LoopTurns
  /** Tells whom there is no room for, without any work. */
  refuse: RequestHandler
  /** Goes before the others: a crowd of strangers keeps nobody from work. */
  isKnown?: (req: Request) => boolean
  /** So many may be at work at once; most wait for the database then. */
  mostInside?: number
  /** Who has not come in by then is sent away: under load nobody waits longer at the door. */
  patienceMs?: number
}

interface Comer {
  sinceMs: number
  enter: () => void
  refuse: () => void
}

/** Together these keep a turn of the event loop short, so that new connections are taken meanwhile (T56). */
const MOST_A_TURN = 8
const TURN_MS = 5
const LOOK_MS = 100

/** More would only wait to be sent away. */
const MOST_WAITING = 1000

/**
 * Before everything that costs: few at a time come in, the others wait a moment in their order – who is known
 * before the others –, and are told to come again when it is over.
 */
export class Door {
  private readonly known: Comer[] = []
  private readonly strangers: Comer[] = []
  private readonly settings: Required<Settings>
  private inside = 0
  private isOpening = false
  private timer: NodeJS.Timeout | undefined

  constructor(settings: Settings) {
    this.settings = { mostInside: 64, patienceMs: 2000, isKnown: () => false, ...settings }
  }

  readonly handler: RequestHandler = (req, res, next) => {
    const refuse = () => {
      if (!res.headersSent) this.settings.refuse(req, res, next)
    }
    const line = this.settings.isKnown(req) ? this.known : this.strangers
    if (line.length >= MOST_WAITING) return refuse()
    const enter = ofThisErrand(() => {
      // Answered or gone meanwhile.
      if (res.headersSent || res.destroyed) return
      this.leaveWhenAnswered(res)
      next()
    })
    line.push({ sinceMs: performance.now(), enter, refuse })
    this.timer ??= setInterval(() => this.look(), LOOK_MS).unref()
    this.open()
  }

  private leaveWhenAnswered(res: Response): void {
    let isInside = true
    const leave = () => {
      if (!isInside) return
      isInside = false
      this.inside--
      this.open()
    }
    this.inside++
    // Its answer is written, however slowly it is read; or it is gone.
    res.once('prefinish', leave).once('close', leave)
  }

  private get waiting(): number {
    return this.known.length + this.strangers.length
  }

  private get hasRoom(): boolean {
    return this.waiting > 0 && this.inside < this.settings.mostInside
  }

  /** In steps of their own, so that the work of one is done before the next comes in, and in turns that end. */
  private open(): void {
    if (this.isOpening || !this.hasRoom) return
    this.isOpening = true
    this.settings.turns.next(() => {
      let endMs = Number.POSITIVE_INFINITY
      const step = () => {
        if (performance.now() > endMs) return
        endMs = Math.min(endMs, performance.now() + TURN_MS)
        this.letIn()
      }
      for (let steps = Math.min(MOST_A_TURN, this.waiting); steps > 0; steps--) setImmediate(step)
      setImmediate(() => {
        this.isOpening = false
        this.open()
      })
    })
  }

  private letIn(): void {
    this.sendAway()
    if (this.hasRoom) (this.known.shift() ?? this.strangers.shift())?.enter()
  }

  private sendAway(): void {
    const sinceMs = performance.now() - this.settings.patienceMs
    for (const line of [this.known, this.strangers]) {
      const late = line.findIndex((comer) => comer.sinceMs > sinceMs)
      for (const { refuse } of line.splice(0, late === -1 ? line.length : late)) refuse()
    }
  }

  private look(): void {
    this.sendAway()
    this.open()
    if (this.waiting > 0) return
    clearInterval(this.timer)
    this.timer = undefined
  }
}
