export { type ChangeOfferCommand, makeChangeOffer } from './change-offer.js'
export { exampleSites } from './example-sites.js'
export {
  type Lane,
  type Service,
  type Site,
  type SiteNotice,
  type SiteService,
  serviceName,
  whatToBring,
} from './site.js'
export { SiteEntity, ServiceEntity, SiteServiceEntity } from './site.entity.js'
export { type SiteFacts, SiteStore } from './site.store.js'
export { SiteDirectory } from './site-directory.js'
