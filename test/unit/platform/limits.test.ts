import { expect } from 'chai'
import type { AppError } from '../../../src/kernel/app-error.js'
import { addressKey, makeLimits } from '../../../src/platform/http/limits.js'

const refusalOf = (attempt: Promise<void>): Promise<AppError | null> =>
  attempt.then(
    () => null,
    (error: unknown) => error as AppError,
  )

describe('rate limits', () => {
  const keys: [ip: string | undefined, key: string][] = [
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '::ffff:192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2:ffff::1', '2001:db8:1:2'],
    [undefined, 'unknown'],
  ]
  for (const [ip, key] of keys) it(`T23: ${ip} counts as ${key}`, () => expect(addressKey(ip)).to.equal(key))

  it('T23: two users of short IPv6 addresses are not taken for one, nor one for two', () => {
    expect(addressKey('2001:db8::1')).to.equal(addressKey('2001:db8:0:0:1:2:3:4'))
    expect(addressKey('2001:db8::1')).to.equal(addressKey('2001:db8::2'))
    expect(addressKey('2001:db8::1')).not.to.equal(addressKey('2001:db9::1'))
    expect(addressKey('::1')).not.to.equal(addressKey('2001:db8::1'))
    expect(addressKey('2001:db8:0:1::1')).not.to.equal(addressKey('2001:db8:0:2::1'))
  })

  it('the thirteenth attempt for one person is refused and says when to try again; another person may', async () => {
    const limits = makeLimits(true, null)
    for (let attempt = 1; attempt <= 12; attempt++) await limits.spend('person', 'somebody')
    const refusal = await refusalOf(limits.spend('person', 'somebody'))
    expect(refusal).to.deep.include({ kind: 'too-many', code: 'too-many-requests' })
    expect(refusal?.details['retryAfterSeconds']).to.be.within(3590, 3600)
    expect(await refusalOf(limits.spend('person', 'somebody else'))).to.equal(null)
  })

  it('off: nothing is counted', async () => {
    const limits = makeLimits(false, null)
    for (let attempt = 1; attempt <= 100; attempt++) await limits.spend('person', 'somebody')
  })
})
