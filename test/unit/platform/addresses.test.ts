import { expect } from 'chai'
import { addressClasses, addressKey } from '../../../src/platform/http/addresses.js'

describe('addresses as limits count them (X1)', () => {
  const classes: [ip: string | undefined, ...all: string[]][] = [
    ['192.0.2.7', '192.0.2.7/32', '192.0.2.0/24'],
    ['::ffff:192.0.2.7', '192.0.2.7/32', '192.0.2.0/24'],
    ['::FFFF:C000:0207', '192.0.2.7/32', '192.0.2.0/24'],
    ['0:0:0:0:0:ffff:192.0.2.7', '192.0.2.7/32', '192.0.2.0/24'],
    ['2001:db8:1:ab12:3:4:5:6', '2001:db8:1:ab12::/64', '2001:db8:1:ab00::/56', '2001:db8:1::/48'],
    ['2001:0DB8:0001:AB12:ffff::1', '2001:db8:1:ab12::/64', '2001:db8:1:ab00::/56', '2001:db8:1::/48'],
    ['2001:db8:1:2:3:4:192.0.2.7', '2001:db8:1:2::/64', '2001:db8:1:0::/56', '2001:db8:1::/48'],
    ['2001:db8::1', '2001:db8:0:0::/64', '2001:db8:0:0::/56', '2001:db8:0::/48'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64', 'fe80:0:0:0::/56', 'fe80:0:0::/48'],
    ['::1', '0:0:0:0::/64', '0:0:0:0::/56', '0:0:0::/48'],
    [undefined, 'unknown'],
    ['', 'unknown'],
    ['unknown', 'unknown'],
    ['192.0.2.7:4711', 'unknown'],
    ['1.2.3', 'unknown'],
  ]
  for (const [ip, ...all] of classes) {
    it(`T23: ${ip} lies in ${all.join(', ')}`, () => {
      expect(addressClasses(ip)).to.deep.equal({ narrow: all[0], wide: all.at(-1), all })
      expect(addressKey(ip)).to.equal(all[0])
    })
  }

  it('two users of short IPv6 addresses are not taken for one, nor one for two', () => {
    expect(addressKey('2001:db8::1')).to.equal(addressKey('2001:db8:0:0:1:2:3:4'))
    expect(addressKey('2001:db8::1')).to.equal(addressKey('2001:db8::2'))
    expect(addressKey('2001:db8::1')).not.to.equal(addressKey('2001:db9::1'))
    expect(addressKey('::1')).not.to.equal(addressKey('2001:db8::1'))
    expect(addressKey('2001:db8:0:1::1')).not.to.equal(addressKey('2001:db8:0:2::1'))
  })

  it('neighbours share the wide class, and only they', () => {
    expect(addressClasses('192.0.2.7').wide).to.equal(addressClasses('192.0.2.250').wide)
    expect(addressClasses('192.0.2.7').wide).not.to.equal(addressClasses('192.0.3.7').wide)
    expect(addressClasses('2001:db8:1:2::1').wide).to.equal(addressClasses('2001:db8:1:ffff::1').wide)
    expect(addressClasses('2001:db8:1:2::1').wide).not.to.equal(addressClasses('2001:db8:2:2::1').wide)
  })
})
