import type { Access } from '../access/index.js'
import type { Edge } from '../platform/edge.js'
import type { House } from '../platform/house.js'
import type { SitesRoom } from '../sites/index.js'
import { makeAccountPages, makeSignInPages } from './account.routes.js'
import { makeStaff } from './actions.js'
import { addDeviceRoutes } from './device.routes.js'
import { overdueAccessJob } from './overdue-access.job.js'
import { addSessionRoutes } from './session.routes.js'
import { addStaffRoutes } from './staff.routes.js'
import { addTotpRoutes } from './totp.routes.js'

/** The product and the organisation: nobody's password is made of them (A2). */
const HOUSE_WORDS = ['Turno', 'ASST Ovest Milanese', 'Ovest Milanese', 'ospedale', 'sportello', 'prenotazioni']

/** Signing in, passwords and second factors, accounts and paired devices (A1, A2). */
export function makeStaffRoom(house: House, { access, directory }: SitesRoom & { access: Access }) {
  const sites = async () => (await directory.all()).sites
  const siteIds = async () => (await sites()).map(({ id }) => id)
  const timeZoneOf = async (siteId: string) => (await directory.site(siteId)).timeZone
  const houseWords = async () => [...HOUSE_WORDS, ...(await sites()).map(({ name }) => name)]
  const staff = makeStaff({ ...house, access, endings: access.endings, siteIds, houseWords, timeZoneOf })
  const namesOfSites = async () => new Map((await sites()).map(({ id, name }) => [id, name]))
  const edge: Edge = {
    addRoutes(api) {
      for (const add of [addSessionRoutes, addTotpRoutes, addStaffRoutes, addDeviceRoutes]) add(api, staff)
    },
    pages: [makeSignInPages(staff)],
    ownPages: [makeAccountPages(staff, namesOfSites)],
    jobs: [overdueAccessJob(house)],
  }
  return { staff, siteIds, houseWords, edge }
}
