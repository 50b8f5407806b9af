export type OutboxState = 'waiting' | 'sent' | 'skipped' | 'failed'

/** What has become of one message, as staff read it (L4). Holds no address and no name. */
export interface MessageFacts<Instant = Date> {
  kind: string
  channel: 'mail'
  state: OutboxState
  /** `superseded`, `erased`, or the server's answer; null while nothing has gone wrong. */
  cause: string | null
  /** When it was tried last; when it was written, while it was not. */
  at: Instant
}
