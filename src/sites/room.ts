import type { House } from '../platform/house.js'
import { SiteDirectory } from './site-directory.js'

/** Sites and services, and which site offers which. */
export const makeSitesRoom = (house: Pick<House, 'dataSource' | 'events'>) => ({ directory: new SiteDirectory(house) })

export type SitesRoom = ReturnType<typeof makeSitesRoom>
