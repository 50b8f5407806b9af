import { expect } from 'chai'
import { Pace, Talk } from '../../../src/platform/sockets/talk.js'

/** A stopwatch that the test moves. */
function watch() {
  let ms = 1000
  const move = (seconds: number) => {
    ms += seconds * 1000
  }
  return { nowMs: () => ms, move }
}

const connect = { type: 'message', data: '0/ticket,{}' }
const event = { type: 'message', data: '2["noise"]' }
const bytes = { type: 'message', data: Buffer.from('x') }
const pong = { type: 'pong' }

describe('what a socket connection may say (T57)', () => {
  it('ten namespaces at once, then one in half a minute', () => {
    const { nowMs, move } = watch()
    const talk = new Talk(nowMs)
    for (let n = 0; n < 10; n++) expect(talk.admits(connect)).to.equal(true)
    expect(talk.admits(connect)).to.equal(false)
    move(30)
    expect(talk.admits(connect)).to.equal(true)
    expect(talk.admits(connect)).to.equal(false)
  })

  it('three messages that nobody reads, whatever they are made of', () => {
    const talk = new Talk(watch().nowMs)
    expect([event, bytes, event, bytes].map((packet) => talk.admits(packet))).to.deep.equal([true, true, true, false])
    expect(talk.admits({ type: 'message', data: '1/ticket,' }), 'leaving is free').to.equal(true)
  })

  it('sixty packets of any kind at once; pings are answered for days', () => {
    const { nowMs, move } = watch()
    const talk = new Talk(nowMs)
    for (let n = 0; n < 10_000; n++) {
      move(25)
      expect(talk.admits(pong)).to.equal(true)
    }
    move(100)
    const burst = Array.from({ length: 61 }, () => talk.admits(pong))
    expect(burst.filter(Boolean)).to.have.length(60)
  })
})

describe('how often an address may open a connection (T57)', () => {
  it('so many at once and as many again in each minute, each address by itself', () => {
    const { nowMs, move } = watch()
    const pace = new Pace(60, nowMs)
    const admitted = (key: string, times: number) =>
      Array.from({ length: times }, () => pace.admits(key)).filter(Boolean).length
    expect(admitted('a', 100)).to.equal(60)
    expect(admitted('b', 100)).to.equal(60)
    move(10)
    expect(admitted('a', 100), 'no whole minute has to pass').to.equal(10)
  })

  it('remembers nobody for longer than it takes', () => {
    const { nowMs, move } = watch()
    const pace = new Pace(60, nowMs)
    for (let n = 0; n < 1000; n++) pace.admits(`address ${n}`)
    move(61)
    pace.admits('another')
    expect(pace.size).to.equal(1)
  })

  it('lifted, it counts nobody', () => {
    const pace = new Pace(Number.POSITIVE_INFINITY)
    for (let n = 0; n < 5000; n++) expect(pace.admits('a')).to.equal(true)
    expect(pace.size).to.equal(0)
  })
})
