import { type ChildProcess, fork } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { tail } from '../test/support/servers.js'

/** One of our modules as a process of its own; what it prints goes to a file, as a service's log does. */
export class Helper {
  private readonly child: ChildProcess

  constructor(
    private readonly name: 'server' | 'load',
    private readonly logFile: string,
    args: string[] = [],
  ) {
    const log = openSync(logFile, 'a')
    const module = new URL(`./${name}.js`, import.meta.url)
    this.child = fork(module, args, { stdio: ['ignore', log, log, 'ipc'] })
    closeSync(log)
  }

  /** @throws Error with the end of its output when it ends instead */
  hear<T>(): Promise<T> {
    return new Promise((resolve, reject) => {
      const ended = () => reject(new Error(`the ${this.name} process has ended:\n${tail(this.logFile)}`))
      this.child.once('exit', ended)
      this.child.once('message', (message) => {
        this.child.off('exit', ended)
        resolve(message as T)
      })
    })
  }

  ask<T>(question: object | string): Promise<T> {
    const answer = this.hear<T>()
    this.child.send(question)
    return answer
  }

  /** Disconnected it ends by itself, which also writes its profile. */
  async end(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve))
    this.child.disconnect()
    await gone
  }
}
