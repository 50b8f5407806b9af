import type { citizen as it } from '../it/citizen.js'
import { booking } from './citizen-booking.js'
import { home } from './citizen-home.js'
import { information } from './citizen-information.js'
import { layout } from './citizen-layout.js'
import { accessibility, privacy } from './citizen-notices.js'
import { recover } from './citizen-recover.js'
import { choose, details, steps, summary, visitor } from './citizen-steps.js'

/** Everything the citizen's pages say. */
export const citizen: typeof it = {
  layout,
  home,
  information,
  steps,
  choose,
  details,
  visitor,
  summary,
  booking,
  recover,
  privacy,
  accessibility,
}
