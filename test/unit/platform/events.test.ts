import { Writable } from 'node:stream'
import { expect } from 'chai'
import { EventBus } from '../../../src/platform/events.js'
import { makeLog } from '../../../src/platform/log.js'

declare module '../../../src/platform/events.js' {
  interface HouseEvents {
    'test.happened': { count: number }
  }
}

describe('events after a commit', () => {
  it('reach every listener in order, also when one of them fails: the change is kept already', () => {
    const bus = new EventBus(makeLog('silent'))
    const heard: string[] = []
    bus.on('test.happened', ({ count }) => heard.push(`first ${count}`))
    bus.on('test.happened', () => {
      throw new Error('a broken listener')
    })
    bus.on('test.happened', ({ count }) => heard.push(`third ${count}`))
    bus.publish('test.happened', { count: 1 })
    bus.publish('test.happened', { count: 2 })
    expect(heard).to.deep.equal(['first 1', 'third 1', 'first 2', 'third 2'])
  })

  it('nobody listens: nothing happens', () =>
    expect(() => new EventBus(makeLog('silent')).publish('test.happened', { count: 1 })).not.to.throw())

  it('a failing listener is logged by the event’s name', () => {
    const lines: string[] = []
    const sink = new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) })
    const bus = new EventBus(makeLog('error', sink))
    bus.on('test.happened', () => {
      throw new Error('a broken listener')
    })
    bus.publish('test.happened', { count: 1 })
    expect(lines.join('')).to.include('test.happened').and.include('a broken listener')
  })
})
