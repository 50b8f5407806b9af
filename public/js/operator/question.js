import { say } from '../words.js'
import { h } from './dom.js'
import { state } from './state.js'

/** @type {HTMLDialogElement} */
const dialog = document.getElementById('ask')

/** @typedef {(given: any) => Promise<string>} Deliver does what was chosen; a sentence when it was refused, '' when done */

/** What is asked, in the dialog. @returns {{ form: HTMLFormElement, fault: HTMLElement }} */
function lay({ title, text, fields, actions }) {
  const fault = h('p.form-fault', { role: 'alert', 'data-test': 'ask-fault' })
  const back = h('button.button.button-quiet', { type: 'button', 'data-test': 'ask-back' }, say('ask.back'))
  back.addEventListener('click', () => dialog.close())
  const form = h(
    'form',
    { novalidate: true },
    h('h2', { id: 'ask-title' }, title),
    text !== '' && h('p', { 'data-foreign': true }, text),
    fault,
    ...fields,
    h('div.ask-actions', {}, ...actions, back),
  )
  dialog.setAttribute('aria-labelledby', 'ask-title')
  dialog.replaceChildren(form)
  return { form, fault }
}

/**
 * Opens the dialog and waits until what was chosen is done. Refused, it stays as it is: nothing is typed twice.
 * @param {{ title: string, text: string, fields: Node[], actions: Node[], deliver: Deliver,
 *   answer: (form: FormData, pressed: HTMLElement | null) => any }} question
 *   `answer` gives what was chosen, or a sentence that says what is missing
 * @returns {Promise<boolean>} false: thought better of it
 */
function open({ answer, deliver, ...asked }) {
  const { form, fault } = lay(asked)
  dialog.showModal()
  let [isDone, isUnderWay] = [false, false]
  async function send(pressed) {
    const found = answer(new FormData(form), pressed)
    if (typeof found === 'string') return void (fault.textContent = found)
    isUnderWay = true
    const refused = await deliver(found)
    isUnderWay = false
    fault.textContent = refused
    isDone = refused === ''
    if (isDone && form.isConnected) dialog.close()
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (!isUnderWay) void send(event.submitter)
  })
  return new Promise((resolve) => {
    const end = new AbortController()
    const closed = () => {
      // The event comes later: it may be of the question before, and this one open already.
      if (dialog.open) return
      end.abort()
      resolve(isDone)
    }
    dialog.addEventListener('close', closed, { signal: end.signal })
  })
}

/** A form with one thing to send. @param {{ title: string, text: string, send: string, fields: Node[], answer: (form: FormData) => any, deliver: Deliver }} question */
export const question = ({ send, ...rest }) =>
  open({
    ...rest,
    actions: [h('button.button.button-main', { 'data-test': 'ask-send', autofocus: rest.fields.length === 0 }, send)],
  })

/**
 * One of a few answers, by its key.
 * @param {{ title: string, text: string, deliver: Deliver, options: { value: string, label: string, key: string }[] }} choice
 */
export function choice({ options, ...rest }) {
  const buttons = options.map(({ value, label, key }, place) =>
    h(
      'button.button',
      { class: `button ${place === 0 ? 'button-main' : ''}`, value, 'data-letter': key, 'data-test': `ask-${value}` },
      h('span', {}, label),
      h('kbd', { 'aria-hidden': 'true' }, key),
    ),
  )
  buttons[0]?.setAttribute('autofocus', '')
  return open({ ...rest, fields: [], actions: buttons, answer: (_, pressed) => ({ value: pressed?.value }) })
}

dialog.addEventListener('keydown', (event) => {
  if (!state.shortcuts || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return
  const letter = [...dialog.querySelectorAll('[data-letter]')].find(
    ({ dataset }) => dataset.letter === event.key.toUpperCase(),
  )
  if (!letter) return
  event.preventDefault()
  letter.click()
})

/** Why somebody does what the rules alone would not; a common reason is one click. @param {string[]} suggestions */
export function reasonFields(suggestions) {
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

/** @param {FormData} form @returns {{ reason: string } | string} */
export function givenReason(form) {
  const reason = /** @type {string} */ (form.get('reason')).trim()
  return reason === '' ? say('ask.needed') : { reason }
}

/** One of several, with its radio button. */
export const option = (value, test, text) =>
  h('label.option', {}, h('input', { type: 'radio', name: 'to', value, 'data-test': test }), h('span', {}, text))

export const group = (title, options) => options.length > 0 && h('fieldset', {}, h('legend', {}, title), ...options)
