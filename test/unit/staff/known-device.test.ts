import { expect } from 'chai'
import { makeSecrets } from '../../../src/platform/secrets.js'
import { makeKnownDevices } from '../../../src/platform/http/known-devices.js'

describe('a browser that somebody has signed in with (A2)', () => {
  const devices = makeKnownDevices({ secrets: makeSecrets('a'.repeat(32)), secure: true })
  const cookieFor = (username: string, cookie = '') => devices.cookieFor({ cookie }, username).split(';')[0] ?? ''
  const knows = (cookie: string, username: string) => devices.deviceOf({ cookie }, username) !== null

  it('is known to its people alone, by a cookie that no script and no plain connection reads', () => {
    const cookie = cookieFor('bruno', cookieFor('anna'))
    expect([knows(cookie, 'anna'), knows(cookie, 'bruno'), knows(cookie, 'carla')]).to.deep.equal([true, true, false])
    expect(cookie).not.to.match(/anna|bruno/)
    const attributes = /^__Host-known-device=[\w.-]+; Max-Age=15552000; Path=\/; HttpOnly; SameSite=Lax; Secure$/
    expect(devices.cookieFor({}, 'anna')).to.match(attributes)
  })

  it('keeps its name when one more signs in; the thirteenth person takes the place of who was longest not there', () => {
    let cookie = cookieFor('person0')
    const name = devices.idOf({ cookie })
    for (let number = 1; number <= 12; number++) cookie = cookieFor(`person${number}`, cookie)
    expect(devices.idOf({ cookie })).to.equal(name)
    expect([knows(cookie, 'person0'), knows(cookie, 'person1'), knows(cookie, 'person12')]).to.deep.equal([
      false,
      true,
      true,
    ])
    expect(cookie.length).to.be.below(600)
  })

  it('cannot be invented, mended together or carried over from another house', () => {
    const [one, other] = [cookieFor('anna'), cookieFor('bruno')]
    const [, ...marks] = one.split('.')
    const [id] = other.split('.')
    const foreign = makeKnownDevices({ secrets: makeSecrets('b'.repeat(32)), secure: true }).cookieFor({}, 'anna')
    const fakes = [
      [id, ...marks].join('.'),
      foreign.split(';')[0] ?? '',
      one.replace(/.$/, '!'),
      '__Host-known-device=',
    ]
    for (const cookie of fakes) expect(knows(cookie, 'anna'), cookie).to.equal(false)
    expect(devices.idOf({ cookie: [id, ...marks].join('.') })).to.equal(null)
  })
})
