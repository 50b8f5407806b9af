/** The few parts of autocannon 9 that the load process uses; the package brings no types of its own. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events'

  export interface LoadRequest {
    method?: 'GET' | 'POST'
    path?: string
    headers?: Record<string, string>
    body?: string
    /** Called before each sending; what it returns is sent. */
    setupRequest?: (request: LoadRequest) => LoadRequest
  }

  interface Options {
    url: string
    connections: number
    /** How many requests in all, shared out among the connections. */
    amount: number
    requests: LoadRequest[]
  }

  export interface LoadResult {
    errors: number
    timeouts: number
    statusCodeStats: Record<string, { count: number }>
    /** Milliseconds. */
    latency: { p50: number; p99: number; max: number }
  }

  export default function autocannon(
    options: Options,
    done: (error: Error | null, result: LoadResult) => void,
  ): EventEmitter
}
