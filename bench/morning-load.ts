import { io, type Socket } from 'socket.io-client'
import { SCREENS } from './kinds.js'
import type { LoadOrder, LoadReport, Morning } from './protocol.js'
import { SITES } from './scene.js'

const [SITE = ''] = SITES
/** As often as ten counters call on a busy morning, and faster: what comes while screens are still being told. */
const BETWEEN_CALLS_MS = 100

export const partOf = (sorted: readonly number[], part: number): number =>
  sorted[Math.floor((sorted.length - 1) * part)] ?? 0

/** Somebody who is signed in, as a program does it: the cookie, and the token with every change. */
class Operator {
  private headers: Record<string, string> = { 'content-type': 'application/json' }

  constructor(private readonly port: number) {}

  async signIn({ username, password }: Morning): Promise<this> {
    const { body, cookie } = await this.post('/session', { username, password })
    this.headers = { ...this.headers, cookie, 'x-csrf-token': (body as { csrfToken: string }).csrfToken }
    return this
  }

  async post(path: string, body: object = {}): Promise<{ status: number; body: unknown; cookie: string }> {
    const url = `http://127.0.0.1:${this.port}/api/v1${path}`
    const answer = await fetch(url, { method: 'POST', headers: this.headers, body: JSON.stringify(body) })
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    return { status: answer.status, body: await answer.json(), cookie }
  }
}

let operator: Promise<Operator> | undefined

/** One operator for all rounds: a sign-in costs more than a morning. */
const operatorOf = (port: number, morning: Morning): Promise<Operator> =>
  (operator ??= new Operator(port).signIn(morning))

/** The people whose codes are in `order` come, ten at a time. */
export async function checkIns({ port, amount, morning, round }: LoadOrder): Promise<LoadReport> {
  const staff = await operatorOf(port, morning as Morning)
  const codes = morning?.codes.slice(round * amount, (round + 1) * amount) ?? []
  return timed(10, codes, (code) => staff.post(`/sites/${SITE}/check-ins`, { code }))
}

/** Every counter calls its next as soon as it has the one before. */
export async function nexts({ port, amount, morning, round }: LoadOrder): Promise<LoadReport> {
  const staff = await operatorOf(port, morning as Morning)
  const counters = morning?.counters ?? []
  if (round === 0) for (const counter of counters) await staff.post(`/counters/${counter}/open`)
  const calls = Array.from({ length: amount }, (_, n) => counters[n % counters.length])
  return timed(counters.length, calls, async (counter) => {
    const answer = await staff.post(`/counters/${counter}/next`)
    if ((answer.body as { ticket: unknown }).ticket === null) throw new Error('nobody waits any more')
    return answer
  })
}

async function timed<T>(
  lanes: number,
  things: readonly T[],
  ask: (thing: T) => Promise<{ status: number }>,
): Promise<LoadReport> {
  const tookMs: number[] = []
  const statuses: Record<string, number> = {}
  const startedMs = performance.now()
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      for (let n = lane; n < things.length; n += lanes) {
        const sinceMs = performance.now()
        const { status } = await ask(things[n] as T)
        tookMs.push(performance.now() - sinceMs)
        statuses[status] = (statuses[status] ?? 0) + 1
      }
    }),
  )
  const perSecond = (things.length / (performance.now() - startedMs)) * 1000
  const sorted = tookMs.sort((a, b) => a - b)
  return { perSecond, statuses, errors: 0, p50Ms: partOf(sorted, 0.5), p99Ms: partOf(sorted, 0.99) }
}

/**
 * Screens hear what is called while calls follow each other: from the press to the last of them that has a board with
 * that call, or, of the bare server, with that version.
 */
export async function displays({ port, amount, morning, arm }: LoadOrder): Promise<LoadReport> {
  const room = new WaitingRoom(port)
  await room.fill()
  const staff = arm === 'ours' ? await operatorOf(port, morning as Morning) : new Operator(port)
  const counters = morning?.counters ?? []
  const tookMs: number[] = []
  const statuses: Record<string, number> = {}
  const startedMs = performance.now()
  const under: Promise<void>[] = []
  for (let n = 0; n < amount; n++) {
    const sinceMs = performance.now()
    const call = staff.post(`/counters/${counters[n % counters.length]}/next`).then(async ({ status, body }) => {
      statuses[status] = (statuses[status] ?? 0) + 1
      await room.allHave(wantedOf(body))
      tookMs.push(performance.now() - sinceMs)
    })
    under.push(call)
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_CALLS_MS))
  }
  await Promise.all(under)
  const perSecond = (amount / (performance.now() - startedMs)) * 1000
  room.close()
  const sorted = tookMs.sort((a, b) => a - b)
  return { perSecond, statuses, errors: 0, p50Ms: partOf(sorted, 0.5), p99Ms: partOf(sorted, 0.99) }
}

interface Board {
  version: number
  calls: { number: string }[]
}
type Has = (board: Board) => boolean

function wantedOf(answer: unknown): Has {
  const { ticket, version = 0 } = answer as { ticket?: { number: string } | null; version?: number }
  if (ticket === null) throw new Error('nobody waits any more')
  return ticket
    ? ({ calls }) => calls.some(({ number }) => number === ticket.number)
    : (board) => board.version >= version
}

/** Many screens of one site, each with a socket of its own. */
class WaitingRoom {
  private readonly screens: { socket: Socket; board: Board | null }[] = []
  private readonly waiting = new Set<() => void>()

  constructor(private readonly port: number) {}

  async fill(): Promise<void> {
    const options = { auth: { site: SITE }, forceNew: true, transports: ['websocket'] }
    const connected = Array.from({ length: SCREENS }, () => {
      const screen = { socket: io(`http://127.0.0.1:${this.port}/board`, options), board: null as Board | null }
      screen.socket.on('board', (board: Board) => {
        screen.board = board
        for (const look of this.waiting) look()
      })
      this.screens.push(screen)
      return new Promise<void>((resolve, reject) => {
        screen.socket.once('connect', () => resolve()).once('connect_error', reject)
      })
    })
    await Promise.all(connected)
  }

  allHave(has: Has): Promise<void> {
    return new Promise((resolve) => {
      const late = new Set(this.screens)
      const look = () => {
        for (const screen of late) if (screen.board && has(screen.board)) late.delete(screen)
        if (late.size > 0) return
        this.waiting.delete(look)
        resolve()
      }
      this.waiting.add(look)
      look()
    })
  }

  close(): void {
    for (const { socket } of this.screens) socket.close()
  }
}
