import { mailedToken } from '../../../src/bookings/index.js'
import type { TestApp } from '../../support/app.js'
import { THE_DAY } from '../../support/builders.js'
import { at, bookElsewhere } from '../bookings.js'
import * as step from '../pages/booking-steps.js'
import type { CitizenPage } from '../pages/citizen-page.js'
import * as other from '../pages/other-pages.js'
import { BookingPage, CancelPage, MovePage } from '../pages/own-booking.js'
import { Shortcut } from '../pages/shortcut.js'
import type { Visit } from '../pages/visit.js'
import { FULL_DAY, type Newcomers } from './town.js'

export interface Scene {
  app: TestApp
  visit: Visit
  town: Newcomers
}

/** Brings a visit to a page in one state. What it returns still has to `arrive`. */
type State = (scene: Scene) => Promise<CitizenPage>

const WHEN = '/prenota/data-e-orario'

async function onDay(day: string, { visit }: Scene, site = 'castano-primo'): Promise<CitizenPage> {
  await new Shortcut(visit).toTimes({ site })
  await visit.open(`${WHEN}?giorno=${day}`)
  return new step.TimePage(visit)
}

async function atStep(path: string, { visit, town }: Scene, start = town.start()): Promise<void> {
  const shortcut = new Shortcut(visit)
  if (path === 'dettagli') await shortcut.toDetails({ start })
  else if (path === 'richiedente') await shortcut.toVisitor({ start })
  else await shortcut.toSummary({ start }, town.someone())
  await visit.open(`/prenota/${path}`)
}

async function submitted(scene: Scene, fields: step.VisitorFields): Promise<step.VisitorPage> {
  await atStep('richiedente', scene)
  const form = await new step.VisitorPage(scene.visit).find()
  await form.submit(fields)
  return form
}

/** The page behind a link, of a booking made for this. */
async function ownBooking(
  scene: Scene,
  { site = 'legnano', below = '' } = {},
): Promise<{ token: string; path: string }> {
  const { app, visit, town } = scene
  const booked = await bookElsewhere(app, { start: town.start(), visitor: town.someone(), site })
  await visit.open(`${booked.path}${below}`)
  return booked
}

/** The page of a booking so many minutes after its start. */
async function onTheDay(scene: Scene, minutes: number, state: 'due' | 'late' | 'closed'): Promise<BookingPage> {
  const { token } = await ownBooking(scene)
  const booking = await scene.app.bookings.findByToken(token)
  scene.app.clock.set(new Date((booking?.startsAt.getTime() ?? 0) + minutes * 60_000))
  await scene.visit.page.reload()
  return new BookingPage(scene.visit, state)
}

const choosing: Record<string, State> = {
  'the first page': async ({ visit }) => new step.HomePage((await visit.open('/')) && visit),
  'the first page, after leaving a booking': async (scene) => {
    await atStep('dettagli', scene)
    await new step.DetailsPage(scene.visit).test('leave').click()
    return new step.HomePage(scene.visit)
  },
  'the place': async ({ visit }) => new step.PlacePage((await visit.open('/prenota')) && visit),
  'the place, none chosen': async ({ visit }) => {
    await visit.open('/prenota')
    const place = await new step.PlacePage(visit).find()
    await place.goOn()
    await place.errors().waitFor()
    return place
  },
  'the time': (scene) => onDay(THE_DAY, scene, 'legnano'),
  'the time, none chosen': async (scene) => {
    const time = await onDay(THE_DAY, scene, 'legnano')
    await time.goOn()
    await time.errors().waitFor()
    return time
  },
  'a day that is closed': (scene) => onDay('2026-12-08', scene),
  'a day that is full': (scene) => onDay(FULL_DAY, scene),
  'a day that is not open yet': (scene) => onDay('2027-01-11', scene),
  'a day that is past': (scene) => onDay('2026-11-20', scene),
  'a month without a free day': async (scene) => {
    await new Shortcut(scene.visit).toTimes({ site: 'castano-primo' })
    await scene.visit.open(`${WHEN}?mese=2027-02`)
    return new step.TimePage(scene.visit)
  },
  'a site without a free day': async (scene) => {
    await new Shortcut(scene.visit).toTimes({ site: 'cuggiono' })
    await scene.visit.open(WHEN)
    return new step.TimePage(scene.visit)
  },
  'a time just taken by another': async (scene) => {
    const start = scene.town.start()
    // Else the page says so by itself, before the choice is sent.
    await scene.visit.page.route('**/assets/slots.*.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: '' }),
    )
    const time = (await onDay(start.slice(0, 10), scene, 'abbiategrasso')) as step.TimePage
    await time.time(start).check({ force: true })
    await bookElsewhere(scene.app, { start, visitor: scene.town.someone(), site: 'abbiategrasso' })
    await time.goOn()
    await time.notice().waitFor()
    return time
  },
}

const filling: Record<string, State> = {
  'the details': async (scene) => {
    await atStep('dettagli', scene)
    return new step.DetailsPage(scene.visit)
  },
  'the details, too long': async (scene) => {
    await atStep('dettagli', scene)
    const details = new step.DetailsPage(scene.visit)
    await details.notes.fill('àé🙂 '.repeat(70))
    await details.goOn()
    await details.errors().waitFor()
    return details
  },
  'the details, when the time is over': async (scene) => {
    await atStep('dettagli', scene)
    scene.app.clock.advanceMinutes(11)
    await scene.visit.page.reload()
    return new step.DetailsPage(scene.visit)
  },
  'the applicant': async (scene) => {
    await atStep('richiedente', scene)
    return new step.VisitorPage(scene.visit)
  },
  'the applicant, nothing written': async (scene) => {
    const form = await submitted(scene, {})
    await form.errors().waitFor()
    return form
  },
  'the applicant, a wrong check letter': async (scene) => {
    const form = await submitted(scene, { ...scene.town.someone(), phone: '', taxCode: 'GLABNC72H25H501Y' })
    await form.errors().waitFor()
    return form
  },
  'the applicant, of another Comune': async (scene) => {
    await submitted(scene, { comune: 'altro' })
    return new step.NotEligiblePage(scene.visit)
  },
  'the applicant, with the time reserved once more': async (scene) => {
    await atStep('richiedente', scene)
    const form = new step.VisitorPage(scene.visit)
    await form.test('extend').click()
    await form.notice().waitFor()
    return form
  },
}

const confirming: Record<string, State> = {
  'the summary': async (scene) => {
    await atStep('riepilogo', scene)
    return new step.SummaryPage(scene.visit)
  },
  'the summary, when the time is over': async (scene) => {
    await atStep('riepilogo', scene)
    scene.app.clock.advanceMinutes(11)
    const summary = new step.SummaryPage(scene.visit)
    await summary.confirm()
    await summary.test('renew').waitFor()
    return summary
  },
  'the summary, changed in another window': async (scene) => {
    await atStep('riepilogo', scene)
    await new Shortcut(scene.visit).send(WHEN, { start: scene.town.start() })
    const summary = new step.SummaryPage(scene.visit)
    await summary.confirm()
    await summary.notice().waitFor()
    return summary
  },
  'the summary, of a person who has a booking': async (scene) => {
    const { app, visit, town } = scene
    const visitor = town.someone()
    await bookElsewhere(app, { start: town.start(), visitor })
    await new Shortcut(visit).toSummary({ start: town.start() }, { ...visitor, email: 'other@example.org' })
    await visit.open('/prenota/riepilogo')
    const summary = new step.SummaryPage(visit)
    await summary.confirm()
    await summary.notice().waitFor()
    return summary
  },
  'the summary, of a mail address with too many bookings': async (scene) => {
    const { app, visit, town } = scene
    const email = `many-${visit.lang}@example.org`
    for (let made = 0; made < 5; made += 1)
      await bookElsewhere(app, { start: town.start(), visitor: town.someone({ email }) })
    await new Shortcut(visit).toSummary({ start: town.start() }, town.someone({ email }))
    await visit.open('/prenota/riepilogo')
    const summary = new step.SummaryPage(visit)
    await summary.confirm()
    await summary.notice().waitFor()
    return summary
  },
  'the confirmation': async ({ visit, town }) => {
    await new Shortcut(visit).toConfirmed({ start: town.start() }, town.someone())
    return new step.ConfirmedPage((await visit.open('/prenota/conferma')) && visit)
  },
  'the confirmation, still to be confirmed by mail': async ({ visit, town }) => {
    await new Shortcut(visit).toConfirmed({ start: town.start(), site: 'magenta', persons: 2 }, town.someone())
    return new step.ToConfirmPage((await visit.open('/prenota/conferma')) && visit)
  },
}

const managing: Record<string, State> = {
  'a booking': async (scene) => (await ownBooking(scene)) && new BookingPage(scene.visit),
  'a booking to be confirmed': async (scene) =>
    (await ownBooking(scene, { site: 'magenta' })) && new BookingPage(scene.visit, 'pending'),
  'a booking confirmed just now': async (scene) => {
    const { token } = await ownBooking(scene, { site: 'magenta' })
    const booking = await scene.app.bookings.findByToken(token)
    // Only who has read the mail may confirm (X2).
    if (booking) await scene.visit.open(`/prenotazione/${mailedToken(scene.app.secrets, booking)}`)
    await new BookingPage(scene.visit, 'pending').test('confirm').click()
    return new BookingPage(scene.visit)
  },
  'a booking that was not confirmed in time': async (scene) => {
    await ownBooking(scene, { site: 'magenta' })
    scene.app.clock.advanceMinutes(31)
    await scene.visit.page.reload()
    return new BookingPage(scene.visit, 'expired')
  },
  'a booking that is past': async (scene) => {
    await ownBooking(scene)
    scene.app.clock.set(at('13:00', '2026-12-01'))
    await scene.visit.page.reload()
    return new BookingPage(scene.visit, 'no-show')
  },
  'a booking whose time has come': (scene) => onTheDay(scene, 5, 'due'),
  'a booking that is late': (scene) => onTheDay(scene, 16, 'late'),
  'a booking after closing': (scene) => onTheDay(scene, 5 * 60, 'closed'),
  'a booking with its number': async (scene) => {
    const { token } = await ownBooking(scene)
    const { startsAt, code } = (await scene.app.bookings.findByToken(token)) ?? {}
    if (!startsAt || !code) throw new Error('not booked')
    scene.app.clock.set(startsAt)
    const command = { siteId: 'legnano', key: { code }, who: 'kiosk', isStaff: false }
    await scene.app.unitOfWork.run((tx) => scene.app.queue.checkIn(tx, command))
    await scene.visit.page.reload()
    return new BookingPage(scene.visit, 'arrived')
  },
  'a booking cancelled just now': async (scene) => {
    await ownBooking(scene, { below: '/annulla' })
    await new CancelPage(scene.visit).yes()
    return new BookingPage(scene.visit, 'cancelled')
  },
  'a booking cancelled twice': async (scene) => {
    const { token } = await ownBooking(scene, { below: '/annulla' })
    await scene.app.api.post(`/bookings/${token}/cancel`)
    await new CancelPage(scene.visit).yes()
    return new BookingPage(scene.visit, 'cancelled')
  },
  'a booking cancelled too late': async (scene) => {
    await ownBooking(scene, { below: '/annulla' })
    scene.app.clock.set(at('13:00', '2026-12-01'))
    await new CancelPage(scene.visit).yes()
    return new BookingPage(scene.visit, 'no-show')
  },
  'the question before cancelling': async (scene) =>
    (await ownBooking(scene, { below: '/annulla' })) && new CancelPage(scene.visit),
  'moving a booking': async (scene) => (await ownBooking(scene, { below: '/sposta' })) && new MovePage(scene.visit),
  'moving a booking, no time chosen': async (scene) => {
    await ownBooking(scene, { below: `/sposta?giorno=${THE_DAY}` })
    const move = new MovePage(scene.visit)
    await move.goOn()
    await move.errors().waitFor()
    return move
  },
  'moving a booking, to a closed day': async (scene) =>
    (await ownBooking(scene, { below: '/sposta?giorno=2026-12-08' })) && new MovePage(scene.visit),
}

async function information(id: string, { app, visit }: Scene): Promise<CitizenPage> {
  const { body } = await app.api.get('/matters', { 'accept-language': visit.lang })
  const { text } = (body.matters as { id: string; text: string }[]).find((matter) => matter.id === id) ?? { text: id }
  return new other.InformationPage((await visit.open(`/informazioni/${id}`)) && visit, text)
}

const reading: Record<string, State> = {
  'a forged link': async ({ visit }) =>
    new other.ProblemPage((await visit.open(`/prenotazione/${'x'.repeat(43)}`)) && visit, 'not-found'),
  'an address that leads nowhere': async ({ visit }) =>
    new other.ProblemPage((await visit.open('/orari/oggi')) && visit, 'not-found'),
  'a form sent after its cookies are gone': async ({ visit }) => {
    await visit.open('/prenota')
    await visit.forget()
    await new step.PlacePage(visit).choose({ site: 'legnano' })
    return new other.ProblemPage(visit, 'forbidden')
  },
  'an address with a day that does not exist': async (scene) => {
    await onDay('2026-02-31', scene)
    return new other.ProblemPage(scene.visit, 'malformed')
  },
  'a lost link: asked for the address': async ({ visit }) =>
    new other.RecoverPage((await visit.open('/ritrova')) && visit),
  'a lost link: what is no address': async ({ visit }) => {
    const page = new other.RecoverPage((await visit.open('/ritrova')) && visit)
    await page.ask('nicolo.dangelo')
    return page
  },
  'a lost link: asked': async ({ visit }) => {
    const page = new other.RecoverPage((await visit.open('/ritrova')) && visit)
    await page.ask('nicolo.dangelo-mueller@example.org')
    await visit.page.waitForURL(/fatto/)
    return page
  },
  'the page of a matter': (scene) => information('cambio', scene),
  'the page of a matter that is settled without a booking': (scene) => information('neonato', scene),
  'the privacy notice': async ({ visit }) =>
    new other.StatementPage((await visit.open('/privacy')) && visit, 'privacy'),
  'the accessibility statement': async ({ visit }) =>
    new other.StatementPage((await visit.open('/accessibilita')) && visit, 'accessibility'),
}

/** Every page in every state a citizen can see it in. */
export const STATES: Record<string, State> = { ...choosing, ...filling, ...confirming, ...managing, ...reading }
