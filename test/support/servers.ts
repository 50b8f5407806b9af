import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from './programs.js'

/**
 * Below the ports that the system hands to clients (32768 and up), so that no outgoing connection takes one between our
 * look and its server's start. Runs beside each other begin in different places.
 */
const PORTS = { first: 10_000, count: 22_000 }
/** What neither `fetch` nor a browser asks anything of: https://fetch.spec.whatwg.org/#port-blocking */
const BLOCKED = 10_080
let nextPort = (process.pid * 131) % PORTS.count

/** A TCP port that was free a moment ago, and that this run has not given out before. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < PORTS.count; tries++) {
    const port = PORTS.first + (nextPort++ % PORTS.count)
    if (port !== BLOCKED && (await isFree(port))) return port
  }
  throw new Error('no free port')
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer()
    server.once('error', () => done(false))
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)))
  })

/**
 * Where there is memory to spare the data lie in it: a database that changes its tables waits for a disk at each step (the
 * migrations' crash test: 171 s on a disk, 18 s in memory). What a killed process loses is the same on both.
 */
const MEMORY = '/dev/shm'
const ENOUGH_BYTES = 4 * 1024 ** 3
const base = process.env['TMPDIR'] === undefined && hasRoom(MEMORY) ? MEMORY : tmpdir()

function hasRoom(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize >= ENOUGH_BYTES
  } catch {
    return false
  }
}

/** A new temporary folder; short, because a Unix socket's path must stay under 108 bytes. */
export const temporaryFolder = (): string => mkdtempSync(join(base, 'turno-'))

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })

export const tail = (file: string): string => readFileSync(file, 'utf8').split('\n').slice(-30).join('\n')

export const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

const running = new Set<ChildProcess>()
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')))

interface Start {
  program: string
  args: readonly string[]
  /** Where its output goes. */
  logFile: string
  /** Its whole environment; without it, ours. */
  env?: NodeJS.ProcessEnv
  /** The account it runs under; without it, ours. */
  as?: string | null
}

/**
 * Starts a server. It dies with this process even when that is killed hard (Linux's parent-death signal, where
 * util-linux has `setpriv`), so that a stopped test run leaves no server behind.
 */
export function startServer({ program, args, logFile, env = process.env, as = null }: Start): ChildProcess {
  const log = openSync(logFile, 'a')
  const wrapper = findProgram('setpriv')
  const account = as === null ? [] : ['--reuid', as, '--regid', as, '--clear-groups']
  const [command = program, ...rest] = [
    ...(wrapper ? [wrapper, ...account, '--pdeathsig', 'KILL'] : []),
    program,
    ...args,
  ]
  const child = spawn(command, rest, { stdio: ['ignore', log, log], env })
  closeSync(log)
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

/** Sends a signal and waits until the process is gone; at once when it is gone already. */
export async function endServer(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((done) => child.once('exit', done))
  child.kill(signal)
  await gone
}

/** Connects, says `hello` and resolves true when the server answers anything; a refused connection is false. */
export const answers = (port: number, hello = ''): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(hello))
    const end = (answer: boolean) => {
      socket.destroy()
      done(answer)
    }
    socket.once('data', (data) => end(!data.toString('latin1').startsWith('-')))
    socket.once('error', () => end(false))
    socket.once('close', () => done(false))
    socket.setTimeout(1000, () => end(false))
  })

/** Polls `isReady` every 20 ms. @throws with the log's tail when the process ends first or 60 s have passed. */
export async function untilReady(child: ChildProcess, logFile: string, isReady: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(20)) {
    if (child.exitCode !== null || child.signalCode !== null) break
    if (await isReady()) return
  }
  child.kill('SIGKILL')
  throw new Error(`${child.spawnargs.join(' ')} did not become ready:\n${tail(logFile)}`)
}
