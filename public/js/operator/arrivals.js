import { say } from '../words.js'
import { press, Refused } from './api.js'
import { act, faultWords, whenIdle } from './act.js'
import { h, show } from './dom.js'
import { facts } from './facts.js'
import { set, state } from './state.js'
import { clockTime, dayWords } from './time.js'
import { counted } from './view.js'

const codeForm = document.getElementById('check-in')
const code = document.getElementById('code')
const codeFault = document.getElementById('code-error')
/** @type {HTMLDialogElement} */
const dialog = document.getElementById('walk-in')
const form = document.getElementById('walk-in-form')
const fault = dialog.querySelector('[data-fault]')

export const focusCode = () => code.select()

/**
 * Who has a booking is here (W1). Again: the same ticket, and it is said so.
 * @param {string} typed code, link or what the QR holds
 */
export async function checkIn(typed) {
  let refused = ''
  await act(async () => {
    try {
      const { ticket, found } = await press(`/sites/${facts.site}/check-ins`, { code: typed })
      const words = { missed: 'said.backAgain', left: 'said.newAgain' }[found] ?? (found ? 'said.there' : 'said.issued')
      return { text: say(words, ticket), issued: ticket }
    } catch (cause) {
      refused = arrivalWords(cause)
      throw cause
    }
  })
  return refused
}

/** What the general sentence does not say: which day it is for, and that a code is no address. */
function arrivalWords(cause) {
  const { code, start } = cause instanceof Refused ? cause.problem : {}
  if (code === 'not-found') return say('arrivals.unknown')
  if (code !== 'wrong-day' || !start) return faultWords(cause)
  return say('arrivals.wrongDay', { when: `${dayWords(start.slice(0, 10))}, ${clockTime(start)}` })
}

/** What the walk-in form says, as the API wants it; a sentence by field for what is missing. */
function readForm() {
  const { elements } = form
  const [faults, text] = [{}, (name) => elements[name].value.trim()]
  const because = (name) => {
    if (!elements[name].checked) return null
    if (text(`${name}Reason`) === '') faults[`${name}Reason`] = say('ask.needed')
    return { reason: text(`${name}Reason`) }
  }
  const service = elements.service.value
  const body = {
    service,
    newbornTaxCode: text('newborn') || null,
    senior: elements.senior.checked,
    urgent: because('urgent'),
    override: because('override'),
  }
  return { body, faults, missing: service === '' ? say('arrivals.service') : null }
}

/** Only what the chosen service and the ticked boxes ask for. */
function unfold() {
  const { elements } = form
  const chosen = form.querySelector('input[name=service]:checked')
  const parts = {
    newborn: Boolean(chosen?.matches('[data-newborn]')),
    senior: Boolean(chosen?.matches('[data-senior]')),
    urgent: elements.urgent.checked,
    override: elements.override.checked,
  }
  for (const [name, isShown] of Object.entries(parts)) dialog.querySelector(`[data-part=${name}]`).hidden = !isShown
  if (!parts.newborn) elements.newborn.value = ''
  if (!parts.senior) elements.senior.checked = false
}

/** @param {Record<string, string>} faults by field @param {string | null} above */
function showFaults(faults, above) {
  fault.textContent = above ?? ''
  for (const place of dialog.querySelectorAll('.field-error')) {
    const name = place.id.replace('-error', '')
    place.textContent = faults[name] ?? ''
    if (faults[name]) form.elements[name].setAttribute('aria-invalid', 'true')
    else form.elements[name].removeAttribute('aria-invalid')
  }
  const first = Object.keys(faults)[0]
  if (first) form.elements[first].focus()
}

async function giveTicket(event) {
  event.preventDefault()
  const { body, faults, missing } = readForm()
  showFaults(faults, missing)
  if (missing || Object.keys(faults).length > 0) return
  let refusal = null
  const isGiven = await act(async () => {
    try {
      const { ticket } = await press(`/sites/${facts.site}/walk-ins`, body)
      return { text: say('said.issued', ticket), issued: ticket }
    } catch (cause) {
      refusal = cause
      throw cause
    }
  })
  if (isGiven) dialog.close()
  else if (refusal) showRefusal(refusal)
}

function showRefusal(refusal) {
  set({ message: null })
  const { code: why, opensAt } = refusal instanceof Refused ? refusal.problem : {}
  const isOfChild = ['newborn-tax-code-required', 'not-a-newborn', 'invalid'].includes(why)
  const words =
    refusal instanceof Refused ? (refusal.problem.errors?.[0]?.message ?? faultWords(refusal)) : faultWords(refusal)
  if (isOfChild) return showFaults({ newborn: words }, null)
  const when = opensAt ? `${dayWords(opensAt.slice(0, 10))}, ${clockTime(opensAt)}` : null
  showFaults({}, when ? `${words} ${say('arrivals.opensAt', { when })}` : words)
}

/** A new number: the form is empty each time. */
export function openWalkIn() {
  form.reset()
  showFaults({}, null)
  unfold()
  dialog.showModal()
}

/** The last ticket given here: its number is read out, or printed. */
export function showIssued() {
  const { issued } = state
  show(document.getElementById('issued'), issued && ticketCard(issued))
}

function ticketCard({ id, number, position, waitMinutes }) {
  const words = [
    position === null ? null : counted('arrivals.ahead', position - 1),
    waitMinutes && say('list.estimate', { low: waitMinutes[0], high: waitMinutes[1] }),
  ]
  return h(
    'div.issued',
    {},
    h('strong.issued-number', { 'data-test': 'issued-number' }, number),
    h('span.issued-words', {}, words.filter(Boolean).join(' · ')),
    h(
      'a.button.button-second',
      { href: `/operatore/numero/${id}`, target: '_blank', rel: 'noopener', 'data-test': 'print' },
      say('do.print'),
    ),
  )
}

/** Codes are taken one after the other, however fast they are scanned. */
let line = Promise.resolve()

/** A scanner ends the code with Enter; the field is ready for the next at once. */
function takeCode(event) {
  event.preventDefault()
  const typed = code.value.trim()
  code.value = ''
  codeFault.textContent = typed === '' ? say('arrivals.none') : ''
  if (typed !== '') line = line.then(() => arrive(typed))
}

async function arrive(typed) {
  await whenIdle()
  const refused = await checkIn(typed)
  codeFault.textContent = refused
  code.removeAttribute('aria-invalid')
  if (refused === '') return
  // Said where it was typed, and only once; what was typed is there to be corrected.
  set({ message: null })
  code.setAttribute('aria-invalid', 'true')
  if (code.value === '') code.value = typed
  if (document.activeElement === code) code.select()
}

/** Listens to the code's field and to the form of walk-ins. */
export function takeArrivals() {
  codeForm.addEventListener('submit', takeCode)
  form.addEventListener('change', unfold)
  form.addEventListener('submit', (event) => void giveTicket(event))
  for (const close of document.querySelectorAll('dialog [data-close]')) {
    close.addEventListener('click', () => close.closest('dialog').close())
  }
}
