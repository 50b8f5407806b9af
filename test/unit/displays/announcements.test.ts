import { expect } from 'chai'
import { Announcements, LEAST_MS } from '../../../public/js/display/announcements.js'
import type { Call } from '../../../public/js/display/calls.js'

const START = Date.parse('2026-11-24T09:00:00+01:00')

/** A room with a clock that the test moves: what is shown, and what the voice says, with their seconds. */
class Room {
  readonly log: string[] = []
  private nowMs = 0
  private timers: { at: number; ring: () => void }[] = []
  readonly queue: Announcements

  constructor(voiceMs = 2000, broken = false) {
    this.queue = new Announcements({
      show: (call) => this.log.push(`${this.nowMs / 1000} shows ${call ? call.number : 'nobody'}`),
      speak: async (call) => {
        if (broken) throw new Error('no voice')
        await this.wait(voiceMs)
        this.log.push(`${this.nowMs / 1000} said ${call.number}`)
      },
      wait: (ms) => this.wait(ms),
      now: () => START + this.nowMs,
    })
  }

  call = (number: string, part: Partial<Call> = {}): Call => ({
    number,
    counter: '1',
    calledAt: new Date(START + this.nowMs).toISOString(),
    times: 1,
    ...part,
  })

  async pass(ms: number): Promise<void> {
    for (const end = this.nowMs + ms; ; ) {
      await settle()
      const next = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (!next) {
        this.nowMs = end
        return
      }
      this.timers.splice(this.timers.indexOf(next), 1)
      this.nowMs = next.at
      next.ring()
    }
  }

  private wait = (ms: number): Promise<void> => new Promise((ring) => this.timers.push({ at: this.nowMs + ms, ring }))
}

const settle = (): Promise<void> => new Promise((done) => setImmediate(done))

describe('the announcements of a display (B3)', () => {
  it('case I01: two calls at once, one after the other, 4 s each, none cut off', async () => {
    const room = new Room()
    room.queue.add([room.call('P001'), room.call('D001')])
    await room.pass(20_000)
    expect(room.log).to.deep.equal(['0 shows P001', '2 said P001', '4 shows D001', '6 said D001', '8 shows nobody'])
  })

  it('a third that comes meanwhile waits its turn', async () => {
    const room = new Room()
    room.queue.add([room.call('P001')])
    await room.pass(1000)
    room.queue.add([room.call('P002')])
    await room.pass(1000)
    room.queue.add([room.call('P003')])
    await room.pass(20_000)
    expect(room.log.filter((line) => line.includes('shows'))).to.deep.equal([
      '0 shows P001',
      '4 shows P002',
      '8 shows P003',
      '12 shows nobody',
    ])
  })

  it('a long voice is heard to its end', async () => {
    const room = new Room(9000)
    room.queue.add([room.call('P001'), room.call('P002')])
    await room.pass(30_000)
    expect(room.log.slice(0, 3)).to.deep.equal(['0 shows P001', '9 said P001', '9 shows P002'])
  })

  it('a picture that cannot be drawn stalls nothing: the next call is shown in its time', async () => {
    const log: string[] = []
    const queue = new Announcements({
      show: (call) => {
        log.push(call ? call.number : 'nobody')
        if (call?.number === 'P001') throw new Error('no such place')
      },
      speak: () => {
        throw new Error('no voice')
      },
      wait: () => Promise.resolve(),
      now: () => START,
    })
    const calledAt = new Date(START).toISOString()
    queue.add(['P001', 'P002'].map((number) => ({ number, counter: '1', calledAt, times: 1 })))
    await settle()
    queue.add([{ number: 'P003', counter: '1', calledAt, times: 1 }])
    await settle()
    expect(log).to.deep.equal(['P001', 'P002', 'nobody', 'P003', 'nobody'])
  })

  it('a voice that never ends holds nobody up for longer than 15 s; one that fails for no longer than 4', async () => {
    const endless = new Room(10_000_000)
    endless.queue.add([endless.call('P001'), endless.call('P002')])
    await endless.pass(16_000)
    expect(endless.log).to.include('15 shows P002')
    const broken = new Room(0, true)
    broken.queue.add([broken.call('P001'), broken.call('P002')])
    await broken.pass(5000)
    expect(broken.log).to.deep.equal(['0 shows P001', `${LEAST_MS / 1000} shows P002`])
  })

  it('a call that was taken back while it waited is not announced (Q5); the others are', async () => {
    const room = new Room()
    const [first, second, third] = [room.call('P001'), room.call('P002'), room.call('P003')]
    room.queue.add([first, second, third])
    await room.pass(1000)
    room.queue.keep([third, first])
    await room.pass(20_000)
    expect(room.log.filter((line) => line.includes('said'))).to.deep.equal(['2 said P001', '6 said P003'])
  })

  it('one that has only left the board because newer calls filled it is announced', async () => {
    const room = new Room()
    const waiting = room.call('P002')
    room.queue.add([room.call('P001'), waiting])
    await room.pass(3000)
    room.queue.keep(Array.from({ length: 10 }, (_, n) => room.call(`D00${n}`)))
    await room.pass(5000)
    expect(room.log).to.include('6 said P002')
  })

  it('called again before its turn came: said once, at its place', async () => {
    const room = new Room()
    room.queue.add([room.call('P001'), room.call('P002'), room.call('P003')])
    await room.pass(1000)
    room.queue.add([room.call('P002', { times: 2 })])
    await room.pass(20_000)
    const said = room.log.filter((line) => line.includes('said')).map((line) => line.split(' ')[2])
    expect(said).to.deep.equal(['P001', 'P002', 'P003'])
  })

  it('after a sleep it does not catch up aloud', async () => {
    const room = new Room()
    const old = room.call('P001', { calledAt: new Date(START - 91_000).toISOString() })
    room.queue.add([old, room.call('P002')])
    await room.pass(20_000)
    expect(room.log).to.deep.equal(['0 shows P002', '2 said P002', '4 shows nobody'])
  })

  it('never holds more than ten, and goes on after a pause', async () => {
    const room = new Room()
    room.queue.add(Array.from({ length: 50 }, (_, n) => room.call(`P${n}`)))
    expect(room.queue.length).to.be.at.most(11)
    await room.pass(120_000)
    expect(room.queue.length).to.equal(0)
    room.queue.add([room.call('D001')])
    await room.pass(3000)
    expect(room.log.at(-1)).to.equal('122 said D001')
  })
})
