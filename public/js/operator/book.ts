import type { PublicBooking } from '../../../src/bookings/booking.shape.js'
import type { Problem } from '../kit/api.js'
import { timeOf } from '../kit/clock.js'
import { h } from '../kit/element.js'
import { byId, find } from '../kit/page.js'
import { act, faultWords } from './act.js'
import { press, Refused } from './api.js'
import { loadBookings } from './bookings.js'
import { facts } from './facts.js'
import type { Faults } from './field.js'
import { above, clearTimes, firstFree, followTimes, form, loadDays, value } from './free-times.js'
import { set, state } from './state.js'
import { dayWords } from './time.js'
import { say } from './words.js'

const dialog = find(HTMLDialogElement, '#book')
const beyond = find(HTMLInputElement, '#beyond')

const visitorPart = find(HTMLElement, '[data-visitor]')

/** A form for somebody new. */
export function openBook(): void {
  form.reset()
  showFaults({}, '')
  unfold()
  clearTimes()
  dialog.showModal()
  void loadDays()
}

/** Which fields there are, the page says (src/kernel/visitor-fields.ts). */
const visitorInputs = () => [...visitorPart.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')]

const unfold = (): void => void (byId('beyond-part').hidden = !beyond.checked)

/** The instant of a wall time at the site, with its offset then. */
function instantOf(day: string, time: string): string {
  const shown = new Intl.DateTimeFormat('en', { timeZone: facts.timeZone, timeZoneName: 'longOffset' })
  const parts = shown.formatToParts(new Date(`${day}T${time}:00Z`))
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '') || '+00:00'
  return `${day}T${time}:00${offset}`
}

function readForm() {
  const isBeyond = beyond.checked
  const [day, time] = [value('book-day'), isBeyond ? value('time') : '']
  const chosen = new FormData(form).get('start')
  const start = day !== '' && time !== '' ? instantOf(day, time) : chosen
  const faults: Faults = {}
  if (start === null) faults.start = say('book.needSlot')
  if (isBeyond && value('reason') === '') faults.reason = say('book.needReason')
  const visitor = Object.fromEntries(visitorInputs().map(({ name }) => [name, value(name)]))
  const body = {
    service: value('book-service'),
    start,
    persons: Number(value('book-persons')),
    visitor,
    ...(value('notes') !== '' && { notes: value('notes') }),
    ...(isBeyond && { reason: value('reason') }),
  }
  return { body, faults }
}

async function send(event: Event): Promise<void> {
  event.preventDefault()
  if (state.busy) return
  const { body, faults } = readForm()
  showFaults(faults, wordsFor(faults))
  if (Object.keys(faults).length > 0) return
  let refusal: unknown = null
  const isBooked = await act(async () => {
    try {
      const { booking } = await press<{ booking: PublicBooking }>(`/sites/${facts.site}/bookings`, body)
      const when = `${dayWords(booking.start.slice(0, 10))}, ${timeOf(booking.start)}`
      return { text: say('said.booked', { code: booking.code, when }) }
    } catch (fault) {
      refusal = fault
      throw fault
    }
  })
  if (isBooked) dialog.close()
  else if (refusal) showRefusal(refusal)
  void loadBookings()
}

const wordsFor = (faults: Faults): string => {
  const count = Object.keys(faults).length
  return count === 0 ? '' : say('book.errors', { count })
}

/** What a refused booking is told besides: other times that are free. */
interface BookingProblem extends Problem {
  alternatives?: string[]
}

function showRefusal(refusal: unknown): void {
  // It is said in the form: not a second time behind it.
  set({ message: null })
  const problem: Partial<BookingProblem> = refusal instanceof Refused ? refusal.problem : {}
  const { errors = [], alternatives = [], code } = problem
  const faults = Object.fromEntries(errors.map(({ field, message }) => [field.replace('visitor.', ''), message]))
  const times = alternatives.map((start) => `${dayWords(start.slice(0, 10))} ${timeOf(start)}`).join('; ')
  const also = times === '' ? '' : ` ${say('book.alternatives', { times })}`
  showFaults(faults, errors.length > 0 ? wordsFor(faults) : `${faultWords(refusal)}${also}`)
  if (code === 'slot-full' || code === 'not-offered') void loadDays()
}

/** Each fault at its field, as the citizen's form has it. */
function showFaults(faults: Faults, summary: string): void {
  above.textContent = summary
  for (const old of form.querySelectorAll('.field > .field-error')) old.remove()
  for (const field of form.querySelectorAll('[aria-invalid]')) {
    field.removeAttribute('aria-invalid')
    field.removeAttribute('aria-describedby')
  }
  byId('start-error').textContent = faults.start ?? ''
  for (const [name, message] of Object.entries(faults)) {
    const field = document.getElementById(name)
    if (!field) continue
    field.before(h('p.field-error', { id: `${name}-error` }, message))
    field.setAttribute('aria-invalid', 'true')
    field.setAttribute('aria-describedby', `${name}-error`)
  }
  const placeOf = (name: string) => (name === 'start' ? firstFree() : null) ?? document.getElementById(name)
  const first = Object.keys(faults).map(placeOf).find(Boolean)
  if (first) first.focus()
  else if (summary !== '') above.focus()
}

/** Listens to the form. */
export function takeBookings(): void {
  form.addEventListener('submit', (event) => void send(event))
  beyond.addEventListener('change', unfold)
  followTimes()
}
