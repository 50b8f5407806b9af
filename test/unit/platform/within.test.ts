import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { waitAtMost, within } from '../../../src/platform/within.js'

const never = new Promise<never>(() => undefined)
const late = () => new Error('late')
const messageOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    (value) => `no error: ${String(value)}`,
    (error: Error) => error.message,
  )

describe('work with a deadline', () => {
  it('gives what it gives in time, undefined too', async () => {
    expect(await within(Promise.resolve('done'), 1000, late)).to.equal('done')
    expect(await within(Promise.resolve(undefined), 1000, late)).to.equal(undefined)
  })

  it('throws what it throws in time, and what the caller says when it is late', async () => {
    expect(await messageOf(within(Promise.reject(new Error('broken')), 1000, late))).to.equal('broken')
    expect(await messageOf(within(never, 5, late))).to.equal('late')
  })

  it('may fail after its deadline: nobody is told, and the process goes on', async () => {
    const failing = sleep(10).then(() => Promise.reject(new Error('much later')))
    expect(await messageOf(within(failing, 1, late))).to.equal('late')
    await waitAtMost(
      sleep(10).then(() => Promise.reject(new Error('much later'))),
      1,
    )
    await sleep(30)
  })

  it('is waited for no longer than said, and no longer than it takes', async () => {
    const beganMs = performance.now()
    await waitAtMost(Promise.resolve(), 60_000)
    await waitAtMost(never, 5)
    expect(performance.now() - beganMs).to.be.within(4, 5000)
    expect(await messageOf(waitAtMost(Promise.reject(new Error('broken')), 1000))).to.equal('broken')
  })

  it('leaves no timer behind', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    // Mocha starts its own timer at the first pause of a test.
    await sleep(1)
    const before = timers()
    await within(Promise.resolve(), 60_000, late)
    await waitAtMost(Promise.resolve(), 60_000)
    await messageOf(within(Promise.reject(new Error('broken')), 60_000, late))
    // Those of tests before this one may end meanwhile.
    expect(timers()).to.be.at.most(before)
  })
})
