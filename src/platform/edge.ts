import type { Router } from 'express'
import type { Api } from './http/api.js'
import type { Job } from './jobs/jobs.js'
import type { Namespaces } from './sockets/socket-server.js'

/** What a room shows outside of itself; the wiring gathers it from all rooms, in the order of their arrows. */
export interface Edge {
  /** Its operations of the JSON API. */
  addRoutes?(api: Api): void
  /** Pages of everybody; forms carry the token of the browser's cookie (CSRF). */
  pages?: readonly Router[]
  /** Pages whose forms carry the token of a session. */
  ownPages?: readonly Router[]
  /** What is done without anybody asking, each by one instance at a time. */
  jobs?: readonly Job[]
  /** What it tells live. @returns what stops it */
  announce?(sockets: Namespaces): () => void
}
