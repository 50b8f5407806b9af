import { expect } from 'chai'
import { type Actor, mayAt } from '../../../src/access/actor.js'
import type { Action, Role } from '../../../src/access/roles.js'

const staff = (role: Role): Actor => ({ kind: 'staff', username: 'anna', role, siteIds: ['legnano'] })
const kiosk: Actor = { kind: 'kiosk', deviceId: 'd', siteId: 'legnano' }

const ALLOWED: Record<Action, (Role | 'kiosk')[]> = {
  'check-in': ['kiosk', 'operator', 'manager', 'admin'],
  'walk-in': ['kiosk', 'operator', 'manager', 'admin'],
  'walk-in:override': ['operator', 'manager', 'admin'],
  'queue:see': ['operator', 'manager', 'admin'],
  'queue:work': ['operator', 'manager', 'admin'],
  'bookings:see': ['operator', 'manager', 'admin'],
  'bookings:change': ['operator', 'manager', 'admin'],
  'counters:manage': ['manager', 'admin'],
  'services:manage': ['manager', 'admin'],
  'calendars:see': ['manager', 'admin'],
  'calendars:manage': ['manager', 'admin'],
  'site:manage': ['manager', 'admin'],
  'devices:manage': ['manager', 'admin'],
  'staff:manage': ['manager', 'admin'],
  'statistics:see': ['manager', 'admin'],
  'mail:release': ['admin'],
  'sites:all': ['admin'],
}

describe('who may do what (A1, W6)', () => {
  for (const [action, allowed] of Object.entries(ALLOWED) as [Action, string[]][]) {
    it(action, () => {
      const actors = [kiosk, staff('operator'), staff('manager'), staff('admin')]
      const may = actors.filter((actor) => mayAt(actor, action, 'legnano'))
      expect(may.map((actor) => (actor.kind === 'staff' ? actor.role : actor.kind))).to.deep.equal(allowed)
    })
  }

  it('a role holds at the sites of the account alone, an admin’s everywhere', () => {
    const at = (actor: Actor) => mayAt(actor, 'check-in', 'magenta')
    expect([kiosk, staff('operator'), staff('manager'), staff('admin')].map(at)).to.deep.equal([
      false,
      false,
      false,
      true,
    ])
  })

  it('a kiosk never acts without a site', () => expect(mayAt(kiosk, 'check-in', null)).to.equal(false))
})
