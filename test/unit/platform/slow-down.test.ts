import { expect } from 'chai'
import type { AppError } from '../../../src/kernel/app-error.js'
import { makeSlowDown } from '../../../src/platform/http/slow-down.js'

// Steps so long that a busy machine does not blur them.
const STEP = { stepMs: 300, mostMs: 1050 }
/** Each timer may be early by a millisecond or two; another step would be late by 300. */
const EARLY_MS = 50
const AT_ONCE_MS = 200

/** How long it waited for its turn; a refusal says when to come again. */
async function waited(turn: Promise<void>): Promise<number | string> {
  const startedMs = performance.now()
  try {
    await turn
    return performance.now() - startedMs
  } catch (error) {
    return `again in ${String((error as AppError).details['retryAfterSeconds'])} s`
  }
}

describe('who tries in vain', () => {
  it('is answered at once five times, then waits each time; who has been right is not counted', async () => {
    const slow = makeSlowDown(true, STEP)
    for (let tries = 0; tries < 20; tries += 1) {
      expect(await waited(slow.turn('a'))).to.be.below(AT_ONCE_MS)
      slow.right('a')
    }
    for (let tries = 0; tries < 5; tries += 1) expect(await waited(slow.turn('a'))).to.be.below(AT_ONCE_MS)
    for (let tries = 0; tries < 3; tries += 1) expect(await waited(slow.turn('a'))).to.be.within(300 - EARLY_MS, 900)
    expect(await waited(slow.turn('b')), 'another machine').to.be.below(AT_ONCE_MS)
  })

  it('gains nothing by trying all at once: one turn after the other, and beyond a few a time to come again', async () => {
    const slow = makeSlowDown(true, STEP)
    const all = await Promise.all(Array.from({ length: 9 }, () => waited(slow.turn('a'))))
    expect(all.slice(0, 5).every((ms) => Number(ms) < AT_ONCE_MS)).to.equal(true)
    for (const [n, ms] of all.slice(5, 8).entries())
      expect(ms).to.be.within((n + 1) * 300 - EARLY_MS, (n + 1) * 300 + 600)
    expect(all[8]).to.equal('again in 1 s')
  })

  it('off: nobody waits', async () => {
    const slow = makeSlowDown(false, STEP)
    for (let tries = 0; tries < 50; tries += 1) expect(await waited(slow.turn('a'))).to.be.below(AT_ONCE_MS)
  })
})
