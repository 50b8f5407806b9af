import { say } from '../words.js'
import { press, read, Refused } from './api.js'
import { loadBookings } from './bookings.js'
import { act, faultWords } from './act.js'
import { h, show } from './dom.js'
import { facts } from './facts.js'
import { set, state } from './state.js'
import { clockTime, dayWords } from './time.js'

/** @type {HTMLDialogElement} */
const dialog = document.getElementById('book')
/** @type {HTMLFormElement} */
const form = document.getElementById('book-form')
const above = dialog.querySelector('[data-fault]')
const slots = document.getElementById('book-slots')
const nearDays = document.getElementById('book-days')

/** How many of the next free days are one press away, and how far they are looked for. */
const NEAR_DAYS = 5
const DAYS_AHEAD = 31

/** Which fields there are, the page says (src/kernel/visitor-fields.ts). */
const visitorInputs = () => [...form.querySelector('[data-visitor]').querySelectorAll('input, select')]
const value = (name) => form.elements[name].value.trim()
const offer = () => `/sites/${facts.site}/services/${value('book-service')}`

/** A form for somebody new. */
export function openBook() {
  form.reset()
  showFaults({}, '')
  unfold()
  show(slots)
  dialog.showModal()
  void loadDays()
}

const addDays = (day, count) => new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10)

async function loadDays() {
  const today = state.snapshot?.at.slice(0, 10) ?? facts.today
  try {
    const { days } = await read(
      `${offer()}/days?from=${today}&to=${addDays(today, DAYS_AHEAD)}&persons=${value('book-persons')}`,
    )
    const free = days.filter((day) => day.free > 0).slice(0, NEAR_DAYS)
    show(nearDays, ...free.map(dayButton))
    if (value('book-day') === '' && free[0]) form.elements['book-day'].value = free[0].date
  } catch (fault) {
    above.textContent = faultWords(fault)
  }
  await loadSlots()
}

const dayButton = ({ date, free }) =>
  h(
    'button.tag-button',
    { type: 'button', 'data-day': date, 'data-test': `day-${date}` },
    `${dayWords(date)} · ${say('book.free', { count: free })}`,
  )

async function loadSlots() {
  const date = value('book-day')
  if (date === '') return show(slots)
  try {
    const { slots: found, reason } = await read(`${offer()}/slots?date=${date}&persons=${value('book-persons')}`)
    const none = h('p.soft', { 'data-test': 'no-slots' }, reason?.text ?? say('book.noSlots'))
    show(slots, ...(found.length > 0 ? found.map(slotOption) : [none]))
  } catch (fault) {
    above.textContent = faultWords(fault)
  }
}

const slotOption = ({ start, free }) =>
  h(
    'label.slot',
    { 'data-key': start },
    h('input', { type: 'radio', name: 'start', value: start, disabled: free === 0 }),
    h(
      'span',
      {},
      h('strong', {}, clockTime(start)),
      ` ${free === 0 ? say('book.full') : say('book.free', { count: free })}`,
    ),
  )

const unfold = () => (document.getElementById('beyond-part').hidden = !form.elements.beyond.checked)

/** The instant of a wall time at the site, with its offset then. */
function instantOf(day, time) {
  const shown = new Intl.DateTimeFormat('en', { timeZone: facts.timeZone, timeZoneName: 'longOffset' })
  const parts = shown.formatToParts(new Date(`${day}T${time}:00Z`))
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '') || '+00:00'
  return `${day}T${time}:00${offset}`
}

function readForm() {
  const isBeyond = form.elements.beyond.checked
  const [day, time] = [value('book-day'), isBeyond ? value('time') : '']
  const chosen = new FormData(form).get('start')
  const start = day !== '' && time !== '' ? instantOf(day, time) : chosen
  const faults = {}
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

async function send(event) {
  event.preventDefault()
  if (state.busy) return
  const { body, faults } = readForm()
  showFaults(faults, wordsFor(faults))
  if (Object.keys(faults).length > 0) return
  let refusal = null
  const isBooked = await act(async () => {
    try {
      const { booking } = await press(`/sites/${facts.site}/bookings`, body)
      const when = `${dayWords(booking.start.slice(0, 10))}, ${clockTime(booking.start)}`
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

const wordsFor = (faults) => {
  const count = Object.keys(faults).length
  return count === 0 ? '' : say('book.errors', { count })
}

function showRefusal(refusal) {
  // It is said in the form: not a second time behind it.
  set({ message: null })
  const { errors = [], alternatives = [], code } = refusal instanceof Refused ? refusal.problem : {}
  const faults = Object.fromEntries(errors.map(({ field, message }) => [field.replace('visitor.', ''), message]))
  const times = alternatives.map((start) => `${dayWords(start.slice(0, 10))} ${clockTime(start)}`).join('; ')
  const also = times === '' ? '' : ` ${say('book.alternatives', { times })}`
  showFaults(faults, errors.length > 0 ? wordsFor(faults) : `${faultWords(refusal)}${also}`)
  if (code === 'slot-full' || code === 'not-offered') void loadDays()
}

/** Each fault at its field, as the citizen's form has it. @param {Record<string, string>} faults @param {string} summary */
function showFaults(faults, summary) {
  above.textContent = summary
  for (const old of form.querySelectorAll('.field > .field-error')) old.remove()
  for (const field of form.querySelectorAll('[aria-invalid]')) {
    field.removeAttribute('aria-invalid')
    field.removeAttribute('aria-describedby')
  }
  document.getElementById('start-error').textContent = faults.start ?? ''
  for (const [name, message] of Object.entries(faults)) {
    const field = document.getElementById(name)
    if (!field) continue
    field.before(h('p.field-error', { id: `${name}-error` }, message))
    field.setAttribute('aria-invalid', 'true')
    field.setAttribute('aria-describedby', `${name}-error`)
  }
  const places = { start: slots.querySelector('input:enabled') }
  const first = Object.keys(faults)
    .map((name) => places[name] ?? document.getElementById(name))
    .find(Boolean)
  if (first) first.focus()
  else if (summary !== '') above.focus()
}

/** Listens to the form. */
export function takeBookings() {
  form.addEventListener('submit', (event) => void send(event))
  form.elements.beyond.addEventListener('change', unfold)
  form.elements['book-day'].addEventListener('change', () => void loadSlots())
  for (const name of ['book-service', 'book-persons'])
    form.elements[name].addEventListener('change', () => void loadDays())
  nearDays.addEventListener('click', ({ target }) => {
    const { day } = target.closest('[data-day]')?.dataset ?? {}
    if (!day) return
    form.elements['book-day'].value = day
    void loadSlots()
  })
}
