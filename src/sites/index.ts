export { type ChangeOfferCommand, makeChangeOffer } from './change-offer.js'
export { exampleSites } from './example-sites.js'
export { makeSitesRoom, type SitesRoom } from './room.js'
export { SiteDirectory } from './site-directory.js'
export { SiteEntity, ServiceEntity, SiteServiceEntity } from './site.entity.js'
export type { Lane } from './lane.shape.js'
export {
  type Service,
  type Site,
  type SiteNotice,
  type SiteService,
  serviceName,
  whatToBring,
} from './site.js'
export { type SiteFacts, SiteStore } from './site.store.js'
