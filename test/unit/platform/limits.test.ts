import { expect } from 'chai'
import type { AppError } from '../../../src/kernel/app-error.js'
import { makeLimits } from '../../../src/platform/http/limits.js'

const refusalOf = (attempt: Promise<void>): Promise<AppError | null> =>
  attempt.then(
    () => null,
    (error: unknown) => error as AppError,
  )

describe('rate limits', () => {
  it('the thirteenth attempt for one person is refused and says when to try again; another person may', async () => {
    const limits = makeLimits(true, null)
    for (let attempt = 1; attempt <= 12; attempt++) await limits.spend('personFrom', 'somebody')
    const refusal = await refusalOf(limits.spend('personFrom', 'somebody'))
    expect(refusal).to.deep.include({ kind: 'too-many', code: 'too-many-requests' })
    expect(refusal?.details['retryAfterSeconds']).to.be.within(3590, 3600)
    expect(await refusalOf(limits.spend('personFrom', 'somebody else'))).to.equal(null)
  })

  it('off: nothing is counted', async () => {
    const limits = makeLimits(false, null)
    for (let attempt = 1; attempt <= 100; attempt++) await limits.spend('personFrom', 'somebody')
  })
})
