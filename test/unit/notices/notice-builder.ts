import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { composeNotice } from '../../../src/notices/compose-notice.js'
import type { NoticeFacts } from '../../../src/notices/notice.js'
import { makeRenderMail } from '../../../src/platform/mail/mail-view.js'
import { exampleSites } from '../../../src/sites/index.js'
import { aBooking, aSite, THE_DAY_BEFORE } from '../../support/builders.js'

export const VIEWS = fileURLToPath(new URL('../../../views', import.meta.url))
export const LINK = 'https://prenota.example.org/prenotazione/s3cret-t0ken_AAA'
export const ORGANIZER = { name: 'Turno', address: 'noreply@example.org' }

const [service] = exampleSites().services

/** "confirmed" for Maria Rossi: Tuesday 2026-11-24 at 08:30 in Legnano, told the day before at 09:00. */
export function aNotice(part: Partial<NoticeFacts> = {}): NoticeFacts {
  if (!service) throw new Error('no example service')
  return {
    kind: 'confirmed',
    booking: aBooking({ firstName: 'Maria', lastName: 'Rossi', email: 'maria.rossi@example.org' }),
    isProven: true,
    site: aSite(),
    service,
    matter: null,
    link: LINK,
    bookUrl: 'https://prenota.example.org/prenota',
    closureReason: null,
    now: THE_DAY_BEFORE,
    ...part,
  }
}

export const compose = (facts: NoticeFacts) =>
  composeNotice(facts, { render: makeRenderMail(join(VIEWS)), organizer: ORGANIZER })
