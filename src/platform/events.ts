import { EventEmitter } from 'node:events'
import type { Log } from './log.js'

/** Names and payloads of what rooms announce after a commit. Each room adds its own by declaration merging. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the rooms
export interface HouseEvents {}

type Name = keyof HouseEvents & string

/** What has happened and is committed. A listener's failure is logged and changes nothing: the change is already kept. */
export class EventBus {
  private readonly emitter = new EventEmitter().setMaxListeners(50)

  constructor(private readonly log: Log) {}

  publish<N extends Name>(name: N, payload: HouseEvents[N]): void {
    for (const listener of this.emitter.listeners(name)) {
      try {
        listener(payload)
      } catch (error) {
        this.log.error({ err: error, event: name }, 'a listener failed')
      }
    }
  }

  on<N extends Name>(name: N, listener: (payload: HouseEvents[N]) => void): void {
    this.emitter.on(name, listener)
  }
}
