import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { AppError } from '../../../src/kernel/app-error.js'
import { runErrand } from '../../../src/platform/errand.js'
import { Turnstile } from '../../../src/platform/db/turnstile.js'

describe('the turnstile before the pool (T05)', () => {
  it('lets through so many at once, the others in their order, whatever becomes of those before', async () => {
    const turnstile = new Turnstile(2)
    let [inside, most] = [0, 0]
    const order: number[] = []
    const work = (number: number) =>
      turnstile.pass(async () => {
        order.push(number)
        most = Math.max(most, ++inside)
        await sleep(5)
        inside--
        if (number % 2 === 0) throw new Error('failed inside')
      })
    const results = await Promise.allSettled(Array.from({ length: 9 }, (_, number) => work(number)))
    expect(most).to.equal(2)
    expect(order).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8])
    expect(results.filter(({ status }) => status === 'rejected')).to.have.length(5)
  })

  it('who waits too long is told to come again, and takes nobody’s place', async () => {
    const turnstile = new Turnstile(1)
    let leave = () => undefined as void
    const first = turnstile.pass(
      () =>
        new Promise<void>((resolve) => {
          leave = resolve
        }),
    )
    const brief = { endsAtMs: performance.now() + 20 }
    const refusal = await runErrand(brief, () => turnstile.pass(() => Promise.resolve())).catch(
      (error: unknown) => error,
    )
    expect(refusal).to.be.instanceOf(AppError).and.to.include({ kind: 'unavailable', code: 'database-busy' })
    leave()
    await first
    expect(await turnstile.pass(() => Promise.resolve('in'))).to.equal('in')
  })
})
