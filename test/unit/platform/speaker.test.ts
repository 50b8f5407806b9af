import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { makeSpeaker } from '../../../src/platform/sockets/speaker.js'

/** Notes what is said, and when. */
function speaker(fails = false) {
  const [said, reports]: [number[], unknown[]] = [[], []]
  let state = 0
  const spoken: number[] = []
  const say = () => {
    said.push(performance.now())
    spoken.push(state)
    return fails ? Promise.reject(new Error('away')) : Promise.resolve()
  }
  const { tell } = makeSpeaker(say, (error) => reports.push(error))
  return { said, spoken, reports, change: (room = 'legnano') => ((state += 1), tell(room)), state: () => state }
}

describe('what is told to a room (T33)', function () {
  this.timeout(10_000)

  it('a change after a quiet moment is said at once, and so are the first of a burst', async () => {
    const { said, change } = speaker()
    for (let changes = 0; changes < 5; changes++) {
      change()
      await sleep(5)
      expect(said).to.have.length(changes + 1)
    }
  })

  it('of many changes few are said, five a second on average, and the last one always', async () => {
    const { said, spoken, change, state } = speaker()
    const fromMs = performance.now()
    while (performance.now() - fromMs < 2000) {
      change()
      await sleep(5)
    }
    await sleep(500)
    const seconds = (performance.now() - fromMs) / 1000
    expect(said.length).to.be.at.most(5 + 5 * seconds)
    expect(said.length).to.be.at.least(5)
    expect(spoken.at(-1)).to.equal(state())
  })

  it('rooms do not wait for each other', async () => {
    const { said, change } = speaker()
    for (let changes = 0; changes < 20; changes++) {
      change('legnano')
      await sleep(1)
    }
    const before = said.length
    change('magenta')
    expect(said).to.have.length(before + 1)
  })

  it('what could not be said is reported, and the next change is said', async () => {
    const { said, reports, change } = speaker(true)
    change()
    await sleep(5)
    change()
    await sleep(5)
    expect([said.length, reports.length]).to.deep.equal([2, 2])
  })
})
