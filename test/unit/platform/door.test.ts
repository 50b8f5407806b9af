import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import type { NextFunction, Request, Response } from 'express'
import { runErrand, currentErrand } from '../../../src/platform/errand.js'
import { Door } from '../../../src/platform/http/door.js'
import { LoopTurns } from '../../../src/platform/loop-turns.js'

const turn = () => new Promise((resolve) => setImmediate(resolve))
/** Turns enough for whoever may come in. */
const settled = async () => {
  for (let turns = 0; turns < 50; turns++) await turn()
}

describe('the door before what costs (T56)', () => {
  const come = (door: Door, enter: NextFunction) => {
    const res = Object.assign(new EventEmitter(), { headersSent: false, destroyed: false })
    void door.handler({} as Request, res as unknown as Response, enter)
    return res
  }
  const makeDoor = (part: { mostInside?: number; patienceMs?: number } = {}) => {
    const refused: string[] = []
    const refuse = () => void refused.push('refused')
    return { refused, door: new Door({ turns: new LoopTurns(), refuse, ...part }) }
  }

  it('lets so many in at once, the others in their order, one for each that is answered or gone', async () => {
    const { door, refused } = makeDoor({ mostInside: 2 })
    const order: number[] = []
    const guests = [0, 1, 2, 3, 4].map((number) => come(door, () => order.push(number)))
    await settled()
    expect(order).to.deep.equal([0, 1])
    guests[0]?.emit('prefinish')
    guests[0]?.emit('close')
    await settled()
    expect(order).to.deep.equal([0, 1, 2])
    guests[1]?.emit('close')
    guests[2]?.emit('prefinish')
    await settled()
    expect([order, refused]).to.deep.equal([[0, 1, 2, 3, 4], []])
  })

  it('who waits too long is sent away, though nobody leaves; who has gone meanwhile takes nobody’s place', async () => {
    const { door, refused } = makeDoor({ mostInside: 1, patienceMs: 150 })
    const order: string[] = []
    const first = come(door, () => order.push('first'))
    come(door, () => order.push('second'))
    await sleep(400)
    expect([order, refused]).to.deep.equal([['first'], ['refused']])
    const gone = come(door, () => order.push('gone'))
    gone.destroyed = true
    come(door, () => order.push('last'))
    first.emit('close')
    await settled()
    expect(order).to.deep.equal(['first', 'last'])
  })

  it('who is known goes before strangers that came earlier (A2)', async () => {
    const known = new Set<unknown>()
    const door = new Door({
      turns: new LoopTurns(),
      refuse: () => undefined,
      mostInside: 1,
      isKnown: (req) => known.has(req),
    })
    const order: string[] = []
    const comes = (name: string, isKnown: boolean) => {
      const [req, res] = [{} as Request, Object.assign(new EventEmitter(), { headersSent: false, destroyed: false })]
      if (isKnown) known.add(req)
      void door.handler(req, res as unknown as Response, () => order.push(name))
      return res
    }
    const first = comes('stranger 1', false)
    await settled()
    comes('stranger 2', false)
    comes('colleague', true).once('prefinish', () => undefined)
    first.emit('close')
    await settled()
    expect(order).to.deep.equal(['stranger 1', 'colleague'])
  })

  it('each comes in as the errand that it is', async () => {
    const { door } = makeDoor()
    const seen: unknown[] = []
    for (const endsAtMs of [1, 2]) runErrand({ endsAtMs }, () => come(door, () => seen.push(currentErrand()?.endsAtMs)))
    await settled()
    expect(seen).to.deep.equal([1, 2])
  })

  it('a crowd is let in over several turns of the event loop, none of them long', async () => {
    const { door } = makeDoor({ mostInside: 100 })
    let [inside, turns] = [0, 0]
    const work = () => {
      const endMs = performance.now() + 2
      while (performance.now() < endMs);
      inside++
    }
    for (let guest = 0; guest < 40; guest++) come(door, work)
    while (inside < 40) {
      await turn()
      turns++
    }
    expect(turns).to.be.above(10)
  })
})

describe('turns of the event loop (T56)', () => {
  it('work waits while connections keep coming, and not for ever', async () => {
    const turns = new LoopTurns()
    let done = false
    turns.next(() => {
      done = true
    })
    for (let connection = 0; connection < 5; connection++) {
      turns.noteConnection()
      await turn()
    }
    expect(done).to.equal(false)
    await turn()
    await turn()
    expect(done).to.equal(true)
    done = false
    turns.next(() => {
      done = true
    })
    let waited = 0
    for (; !done && waited < 100; waited++) {
      turns.noteConnection()
      await turn()
    }
    expect(waited).to.be.within(15, 30)
  })
})
