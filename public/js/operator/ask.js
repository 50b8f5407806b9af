import { say } from '../words.js'
import { h } from './dom.js'
import { facts } from './facts.js'
import { state } from './state.js'

/** @type {HTMLDialogElement} */
const dialog = document.getElementById('ask')

/**
 * Opens the dialog with `fields` and waits for its answer.
 * @template T
 * @param {{ title: string, text: string, send: string, fields: Node[], answer: (form: FormData) => T | string }} question
 *   `answer` gives what was chosen, or a sentence that says what is missing
 * @returns {Promise<T | null>} null: thought better of it
 */
function question({ title, text, send, fields, answer }) {
  const fault = h('p.form-fault', { role: 'alert', 'data-test': 'ask-fault' })
  const back = h('button.button.button-quiet', { type: 'button', 'data-test': 'ask-back' }, say('ask.back'))
  const form = h(
    'form',
    { novalidate: true },
    h('h2', { id: 'ask-title' }, title),
    h('p', { 'data-foreign': true }, text),
    fault,
    ...fields,
    h('div.ask-actions', {}, h('button.button.button-main', { 'data-test': 'ask-send' }, send), back),
  )
  dialog.setAttribute('aria-labelledby', 'ask-title')
  dialog.replaceChildren(form)
  dialog.showModal()
  return new Promise((resolve) => {
    let given = null
    const end = new AbortController()
    back.addEventListener('click', () => dialog.close())
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const found = answer(new FormData(form))
      if (typeof found === 'string') return void (fault.textContent = found)
      given = found
      dialog.close()
    })
    dialog.addEventListener('close', () => (end.abort(), resolve(given)), { signal: end.signal })
  })
}

/** Why somebody does what the rules alone would not; a common reason is one click. */
function reasonFields(suggestions) {
  const field = h('input.form-control', {
    name: 'reason',
    id: 'ask-reason',
    autocomplete: 'off',
    maxlength: 200,
    autofocus: true,
    'data-test': 'reason',
  })
  const chips = suggestions.map((text) => {
    const chip = h('button.tag-button', { type: 'button' }, text)
    chip.addEventListener('click', () => {
      field.value = text
      field.focus()
    })
    return chip
  })
  return [h('div.field', {}, h('label', { for: 'ask-reason' }, say('ask.reason')), field), h('div.tags', {}, ...chips)]
}

const givenReason = (form) => {
  const reason = /** @type {string} */ (form.get('reason')).trim()
  return reason === '' ? say('ask.needed') : { reason }
}

/** @param {{ number: string }} ticket @returns {Promise<{ reason: string } | null>} */
export const askCallReason = ({ number }) =>
  question({
    title: say('ask.callTitle', { number }),
    text: say('ask.callText'),
    send: say('ask.call', { number }),
    fields: reasonFields([1, 2, 3].map((n) => say(`ask.callReason${n}`))),
    answer: givenReason,
  })

/** @param {{ code: string, who: string, time: string }} booking @returns {Promise<{ reason: string } | null>} */
export const askCancelReason = ({ code, who, time }) =>
  question({
    title: say('ask.cancelTitle', { code }),
    text: say('ask.cancelText', { who, time }),
    send: say('ask.cancelBooking'),
    fields: reasonFields([1, 2].map((n) => say(`ask.cancelReason${n}`))),
    answer: givenReason,
  })

/** @param {{ number: string }} ticket @returns {Promise<object | null>} */
export const askClose = ({ number }) =>
  question({
    title: say('ask.closeTitle'),
    text: say('ask.closeText', { number }),
    send: say('ask.close'),
    fields: [],
    answer: () => ({}),
  })

const option = (name, value, text) =>
  h(
    'label.option',
    {},
    h('input', { type: 'radio', name: 'to', value: `${name}:${value}`, 'data-test': value }),
    h('span', {}, text),
  )

const group = (title, options) => options.length > 0 && h('fieldset', {}, h('legend', {}, title), ...options)

/**
 * To which service or counter.
 * @param {import('./state.js').Ticket} ticket
 * @returns {Promise<{ to: { service: string } | { counter: string }, name: string } | null>}
 */
export function askTarget(ticket) {
  const services = facts.services.filter(({ id }) => id !== ticket.service)
  const counters = (state.snapshot?.counters ?? []).filter(({ id, open }) => open && id !== ticket.counter)
  const names = new Map([
    ...services.map(({ id, name }) => [`service:${id}`, name]),
    ...counters.map(({ id, name }) => [`counter:${id}`, say('counter', { name })]),
  ])
  const options = (kind, list) => list.map(({ id }) => option(kind, id, names.get(`${kind}:${id}`)))
  const fields = [
    group(say('ask.toCounter'), options('counter', counters)),
    group(say('ask.toService'), options('service', services)),
  ].filter(Boolean)
  fields[0]?.querySelector('input')?.setAttribute('autofocus', '')
  return question({
    title: say('ask.transferTitle', ticket),
    text: say('ask.transferText'),
    send: say('ask.transfer'),
    fields,
    answer: (form) => {
      const chosen = /** @type {string | null} */ (form.get('to'))
      if (chosen === null) return say('ask.toChoose')
      const [kind, id] = chosen.split(':')
      return { to: { [kind]: id }, name: names.get(chosen) }
    },
  })
}
