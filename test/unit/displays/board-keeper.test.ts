import { expect } from 'chai'
import fc from 'fast-check'
import { BoardKeeper } from '../../../public/js/display/board-keeper.js'
import { type Board, type Call, isBoard, newCalls } from '../../../public/js/display/calls.js'

const START = Date.parse('2026-11-24T09:00:00+01:00')
const at = (seconds: number): string => new Date(START + seconds * 1000).toISOString()
const call = (number: string, seconds = 0, part: Partial<Call> = {}): Call => ({
  number,
  counter: '1',
  calledAt: at(seconds),
  times: 1,
  ...part,
})
const waiting = { P: 0, N: 0, D: 0, R: 0 }
const board = (version: number, seconds: number, calls: Call[] = []): Board => ({
  site: 'legnano',
  version,
  at: at(seconds),
  calls,
  waiting,
})
/** Both clocks of the device, going as they should. */
const second = (seconds: number) => ({ steadyMs: seconds * 1000, wallMs: START + seconds * 1000 })
const numbers = (calls: Call[]) => calls.map(({ number }) => number)

/** A keeper that has heard its first board. */
function inTouch(calls: Call[] = [], version = 5) {
  const keeper = new BoardKeeper(second(0))
  keeper.hear(board(version, 0, calls), second(0))
  return keeper
}

describe('what a display makes of boards', () => {
  it('B3: announces nothing of what was there when it was switched on', () => {
    const keeper = new BoardKeeper(second(0))
    expect(keeper.hear(board(5, 0, [call('P001')]), second(0)).calls).to.deep.equal([])
    expect(keeper.board?.calls).to.have.length(1)
  })

  it('announces the first call of a morning', () => {
    const keeper = inTouch()
    expect(numbers(keeper.hear(board(6, 3, [call('P001', 3)]), second(3)).calls)).to.deep.equal(['P001'])
  })

  it('case I01: two calls that come in one board are both announced, the older first', () => {
    const keeper = inTouch([call('P001')])
    const { calls } = keeper.hear(board(7, 3, [call('D001', 3), call('P002', 3), call('P001')]), second(3))
    expect(numbers(calls)).to.deep.equal(['P002', 'D001'])
  })

  it('announces a recall again, and a call to another counter', () => {
    const keeper = inTouch([call('P001')])
    const recalled = call('P001', 5, { times: 2 })
    expect(keeper.hear(board(6, 5, [recalled]), second(5)).calls).to.deep.equal([recalled])
    const moved = call('P001', 9, { counter: '2' })
    expect(keeper.hear(board(8, 9, [moved]), second(9)).calls).to.deep.equal([moved])
  })

  it('announces nothing twice: not on a heartbeat, not on the snapshot that tells the same', () => {
    const keeper = inTouch()
    keeper.hear(board(6, 3, [call('P001', 3)]), second(3))
    expect(keeper.hear(board(6, 10, [call('P001', 3)]), second(10)).calls).to.deep.equal([])
  })

  it('Q5: an undone call lets the one before come back, unannounced', () => {
    const keeper = inTouch([call('P002', -5), call('P001', -60)])
    const { calls } = keeper.hear(board(6, 3, [call('P001', -60), call('N001', -80)]), second(3))
    expect(calls).to.deep.equal([])
    expect(keeper.board?.calls[0]?.number).to.equal('P001')
  })

  it('B2: drops an older version, and what an older snapshot of the same version says', () => {
    const keeper = inTouch([call('P002'), call('P001')])
    expect(keeper.hear(board(4, 3, [call('P001')]), second(3)).taken).to.equal(false)
    expect(keeper.hear(board(5, -3, []), second(3)).taken).to.equal(false)
    expect(keeper.board?.calls).to.have.length(2)
  })

  it('an older version alone is no sign of life', () => {
    const keeper = inTouch()
    keeper.hear(board(4, 10), second(10))
    expect(keeper.isStale(second(15))).to.equal(true)
  })

  it('takes the lower version of a house restored from its backup, and announces nothing of it', () => {
    const keeper = inTouch([call('P002')])
    const heard = keeper.hear(board(2, 300, [call('D001', 299)]), second(300))
    expect([heard.taken, heard.calls]).to.deep.equal([true, []])
  })

  it('sees a gap between versions', () => {
    const keeper = inTouch()
    expect(keeper.hear(board(6, 1), second(1)).gap).to.equal(false)
    expect(keeper.hear(board(8, 2), second(2)).gap).to.equal(true)
  })

  it('case I03: connection lost, three calls, back again: the right list and no belated announcement; the next call is announced', () => {
    const keeper = inTouch([call('P001', -60)])
    keeper.lost()
    const three = [call('P004', 3), call('P003', 2), call('P002', 1), call('P001', -60)]
    expect(keeper.hear(board(8, 4, three), second(4)).calls).to.deep.equal([])
    expect(numbers(keeper.board?.calls ?? [])).to.deep.equal(['P004', 'P003', 'P002', 'P001'])
    expect(numbers(keeper.hear(board(9, 5, [call('P005', 5), ...three]), second(5)).calls)).to.deep.equal(['P005'])
  })

  it('what a frozen tab or a held-back network hands over in one go is shown, not announced', () => {
    const keeper = inTouch([call('P001')])
    const [first, later] = [call('P002', 10), call('P003', 25)]
    expect(keeper.hear(board(6, 10, [first, call('P001')]), second(30)).calls).to.deep.equal([])
    expect(keeper.hear(board(7, 25, [later, first, call('P001')]), second(30.1)).calls).to.deep.equal([])
    const now = call('P004', 33)
    expect(keeper.hear(board(8, 33, [now, later, first]), second(33)).calls).to.deep.equal([now])
  })

  it('a device whose steady clock stood still while it slept knows it by the other', () => {
    const keeper = inTouch([call('P001')])
    const woken = { steadyMs: 1000, wallMs: START + 3_600_000 }
    expect(keeper.isStale(woken)).to.equal(true)
    expect(keeper.hear(board(6, 3600, [call('P002', 3599), call('P001')]), woken).calls).to.deep.equal([])
  })

  it('a call that is old when it is heard of is not announced, though the connection held', () => {
    const keeper = inTouch()
    keeper.hear(board(5, 10), second(10))
    expect(keeper.hear(board(6, 20, [call('P001', 4)]), second(20)).calls).to.deep.equal([])
  })

  it('B2: says after 15 s of silence that it is not up to date, and no longer once it hears', () => {
    const keeper = inTouch()
    expect(keeper.isStale(second(14.9))).to.equal(false)
    expect(keeper.isStale(second(15))).to.equal(true)
    keeper.hear(board(5, 16), second(16))
    expect(keeper.isStale(second(16))).to.equal(false)
  })

  it('has the server’s time, whatever the device’s clock says or is set to', () => {
    const keeper = new BoardKeeper({ steadyMs: 0, wallMs: 0 })
    expect(keeper.serverNow({ steadyMs: 0, wallMs: 0 })).to.equal(null)
    keeper.hear(board(1, 0), { steadyMs: 0, wallMs: 0 })
    expect(keeper.serverNow({ steadyMs: 60_000, wallMs: 99 })).to.equal(START + 60_000)
  })

  it('whatever comes in whatever order: versions never go back, and no call is announced twice', () => {
    const history = Array.from({ length: 30 }, (_, n) =>
      Array.from({ length: n }, (_, i) => call(`P${n - i}`, n - i)).slice(0, 10),
    )
    const events = fc.array(fc.oneof(fc.constant('lost' as const), fc.nat(29)), { maxLength: 60 })
    fc.assert(
      fc.property(events, (order) => {
        const keeper = new BoardKeeper(second(0))
        const announced: string[] = []
        let version = -1
        order.forEach((event, n) => {
          if (event === 'lost') return keeper.lost()
          const heard = keeper.hear(board(event, event, history[event]), second(n / 10))
          announced.push(...numbers(heard.calls))
          expect(keeper.board?.version).to.be.at.least(version)
          version = keeper.board?.version ?? -1
        })
        expect(new Set(announced).size).to.equal(announced.length)
      }),
    )
  })
})

describe('what a display takes for a board', () => {
  it('is nothing that only looks like an answer', () => {
    for (const answer of [
      null,
      'board',
      {},
      { version: 1 },
      { ...board(1, 0), at: 'now' },
      { ...board(1, 0), calls: {} },
    ])
      expect(isBoard(answer)).to.equal(false)
    expect(isBoard(board(1, 0))).to.equal(true)
  })

  it('all is new where nothing was', () => {
    expect(numbers(newCalls([], [call('B'), call('A')]))).to.deep.equal(['A', 'B'])
  })
})
