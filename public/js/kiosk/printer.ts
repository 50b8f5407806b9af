/** Staff hears when a ticket did not come out of the printer, and when the next ones do again. */
import { newKey } from '../kit/api.js'
import { facts } from './place.js'
import { ask } from './server.js'

/** What staff was told last; null: nothing yet, and a printer that works is no news. */
let told = true

export function tellPrinter(works: boolean): void {
  if (works === told) return
  told = works
  void ask(`/sites/${facts.site.id}/printer`, { body: { works }, key: newKey() })
}
