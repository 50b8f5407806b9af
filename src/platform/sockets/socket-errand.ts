import type { Namespace } from 'socket.io'
import { runErrand } from '../errand.js'
import type { Log } from '../log.js'

/** Letting a socket in and greeting it: as long as a request may take. */
const MOST_MS = 8000

type Listener = (...args: unknown[]) => unknown

/** What a namespace does for a socket is that socket's errand: where it throws unheard, the others go on. */
export function eachAnErrand(namespace: Namespace, log: Log): Namespace {
  const fail = (error: unknown) => log.error({ err: error, namespace: namespace.name }, 'a socket failed')
  for (const way of ['use', 'on'] as const) {
    const add = namespace[way].bind(namespace) as Listener
    const listening =
      (listener: Listener): Listener =>
      (...args) =>
        runErrand({ endsAtMs: performance.now() + MOST_MS, fail }, () => listener(...args))
    const guarded: Listener = (...args) => {
      add(...args.map((arg) => (typeof arg === 'function' ? listening(arg as Listener) : arg)))
      return namespace
    }
    Object.assign(namespace, { [way]: guarded })
  }
  return namespace
}
