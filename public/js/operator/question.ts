import { type Child, h } from '../kit/element.js'
import { find } from '../kit/page.js'
import { state } from './state.js'
import { say } from './words.js'

const dialog = find(HTMLDialogElement, '#ask')

/** Does what was chosen; a sentence when it was refused, '' when done. */
export type Deliver<Given> = (given: Given) => Promise<string>

interface Said {
  title: string
  text: string
  fields: Child[]
  actions: HTMLElement[]
}

interface Question<Given> extends Said {
  /** What was chosen, or a sentence that says what is missing. */
  answer: (form: FormData, pressed: HTMLElement | null) => Given | string
  deliver: Deliver<Given>
}

/** What is asked, in the dialog. */
function lay({ title, text, fields, actions }: Said): { form: HTMLFormElement; fault: HTMLElement } {
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
 * @returns false: thought better of it
 */
function open<Given>({ answer, deliver, ...asked }: Question<Given>): Promise<boolean> {
  const { form, fault } = lay(asked)
  dialog.showModal()
  let [isDone, isUnderWay] = [false, false]
  async function send(pressed: HTMLElement | null): Promise<void> {
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

/** A form with one thing to send. */
export const question = <Given>({
  send,
  ...rest
}: Omit<Question<Given>, 'actions'> & { send: string }): Promise<boolean> =>
  open({
    ...rest,
    actions: [h('button.button.button-main', { 'data-test': 'ask-send', autofocus: rest.fields.length === 0 }, send)],
  })

interface Choice<Value extends string> {
  title: string
  text: string
  deliver: Deliver<Value>
  options: readonly { value: Value; label: string; key: string }[]
}

/** One of a few answers, by its key. */
export function choice<Value extends string>({ options, deliver, ...rest }: Choice<Value>): Promise<boolean> {
  const buttons = options.map(({ value, label, key }, place) =>
    h(
      'button.button',
      { class: `button ${place === 0 ? 'button-main' : ''}`, value, 'data-letter': key, 'data-test': `ask-${value}` },
      h('span', {}, label),
      h('kbd', { 'aria-hidden': 'true' }, key),
    ),
  )
  buttons[0]?.setAttribute('autofocus', '')
  const chosen = (pressed: HTMLElement | null) => options.find((_, place) => buttons[place] === pressed)
  return open({
    ...rest,
    fields: [],
    actions: buttons,
    answer: (_, pressed) => chosen(pressed) ?? '',
    deliver: ({ value }) => deliver(value),
  })
}

dialog.addEventListener('keydown', (event) => {
  if (!state.shortcuts || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return
  const letter = [...dialog.querySelectorAll<HTMLElement>('[data-letter]')].find(
    ({ dataset }) => dataset.letter === event.key.toUpperCase(),
  )
  if (!letter) return
  event.preventDefault()
  letter.click()
})

/** Why somebody does what the rules alone would not; a common reason is one click. */
export function reasonFields(suggestions: readonly string[]): HTMLElement[] {
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

export interface Reason {
  reason: string
}

/** The reason, or what to say when there is none. */
export function givenReason(form: FormData): Reason | string {
  const reason = textOf(form, 'reason').trim()
  return reason === '' ? say('ask.needed') : { reason }
}

/** What was typed or chosen in a field; '' when there is nothing. */
export function textOf(form: FormData, name: string): string {
  const found = form.get(name)
  return typeof found === 'string' ? found : ''
}

/** One of several, with its radio button. */
export const option = (value: string, test: string, text: string): HTMLElement =>
  h('label.option', {}, h('input', { type: 'radio', name: 'to', value, 'data-test': test }), h('span', {}, text))

export const group = (title: string, options: HTMLElement[]): HTMLElement | false =>
  options.length > 0 && h('fieldset', {}, h('legend', {}, title), ...options)
