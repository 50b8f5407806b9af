import { expect } from 'chai'
import { isListed, isNetwork } from '../../../src/platform/http/networks.js'

describe('addresses that a manager lists (X2)', () => {
  for (const text of ['203.0.113.7', '203.0.113.0/24', '2001:db8::7', '2001:db8:7::/48', '10.0.0.0/8'])
    it(`${text} is one`, () => expect(isNetwork(text)).to.equal(true))

  for (const text of [
    '',
    'comune.it',
    '203.0.113',
    '203.0.113.0/33',
    '2001:db8::/129',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    'fe80::1%eth0',
    '10.0.0.0/-1',
  ])
    it(`"${text}" is none`, () => expect(isNetwork(text)).to.equal(false))

  const list = ['203.0.113.7', '198.51.100.0/24', '2001:db8:7::/48']
  const cases: [string | undefined, boolean][] = [
    ['203.0.113.7', true],
    ['::ffff:203.0.113.7', true],
    ['203.0.113.8', false],
    ['198.51.100.200', true],
    ['2001:db8:7:ffff::1', true],
    ['2001:db8:8::1', false],
    ['nonsense', false],
    [undefined, false],
  ]
  for (const [ip, expected] of cases)
    it(`${ip} is ${expected ? '' : 'not '}in the list`, () => expect(isListed(list, ip)).to.equal(expected))
})
