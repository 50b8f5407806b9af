import { h } from '../kit/element.js'
import { part } from '../kit/page.js'
import { type Fault, set, state } from './state.js'
import { say } from './words.js'

const DIGITS = '1234567890'
/** As on the keyboards people know. */
export const ALL_KEYS = [DIGITS, 'QWERTYUIOP', 'ASDFGHJKL', 'ZXCVBNM']

/** Only the letters that codes are made of, in the order in which one looks for them. */
export const codeKeys = (letters: string): readonly string[] => {
  const [digits, rest] = [letters.replace(/\D/g, ''), letters.replace(/\d/g, '')]
  const half = Math.ceil(rest.length / 2)
  return [digits, rest.slice(0, half), rest.slice(half)]
}

const field = () => document.querySelector<HTMLInputElement>('[data-field]')

/** Adds to what is typed without showing the step anew: the finger is still on the key. */
export function type(letter: string): void {
  write(state.typed + letter)
}

function write(typed: string): void {
  state.typed = typed
  const input = field()
  if (input) input.value = typed
  input?.scrollTo?.({ left: input.scrollWidth })
  part('said').textContent = [...typed].join(' ')
}

/** Takes the last character away. */
export const erase = (): void => write([...state.typed].slice(0, -1).join(''))

/** A finger on a key leaves the focus where it is: Enter on a keyboard then confirms, and does not press the key again. */
const stayThere = (event: Event) => event.preventDefault()

const key = (letter: string, press: () => void, props = {}) =>
  h('button', { type: 'button', class: 'kiosk-key', onclick: press, onmousedown: stayThere, ...props }, letter)

function keyboard(rows: readonly string[]): HTMLElement {
  const eraser = key('⌫', erase, {
    'aria-label': say('erase'),
    class: 'kiosk-key kiosk-key-wide',
    'data-test': 'erase',
  })
  const lines = rows.map((row) => [...row].map((letter) => key(letter, () => type(letter), { 'data-key': letter })))
  lines.at(-1)?.push(eraser)
  return h('div', { class: 'kiosk-keys' }, ...lines.map((line) => h('div', { class: 'kiosk-keys-row' }, ...line)))
}

interface Entry {
  /** The group of its sentences. */
  words: 'code' | 'newborn' | 'pairing'
  rows: readonly string[]
  submit: (typed: string) => void
  foot: Node[]
  long?: boolean
}

/** A step where something is typed: by finger, by keyboard, by a reader. */
export function entry({ words, rows, submit, foot, long = false }: Entry): HTMLElement {
  const wrong = state.fault ? say(...state.fault) : ''
  const input = h('input', {
    id: 'typed',
    class: `kiosk-field${long ? ' kiosk-field-long' : ''}`,
    'data-field': true,
    type: 'text',
    inputmode: 'none',
    autocomplete: 'off',
    autocapitalize: 'characters',
    autocorrect: 'off',
    spellcheck: 'false',
    maxlength: 300,
    'aria-describedby': wrong ? 'wrong hint' : 'hint',
    'aria-invalid': wrong ? 'true' : null,
    oninput: () => (state.typed = input.value),
  })
  input.value = state.typed
  const send = (event: Event) => {
    event.preventDefault()
    submit(state.typed.trim())
  }
  return h(
    'form',
    { class: 'kiosk-entry', novalidate: true, onsubmit: send, 'data-test': words },
    h('h1', { tabindex: '-1' }, say(`${words}.heading`)),
    h('p', { id: 'hint', class: 'kiosk-lead' }, say(`${words}.text`)),
    wrong ? h('p', { id: 'wrong', class: 'kiosk-wrong', role: 'alert', 'data-test': 'wrong' }, wrong) : null,
    h('label', { for: 'typed', class: 'kiosk-label' }, say(`${words}.label`)),
    input,
    keyboard(rows),
    h(
      'div',
      { class: 'kiosk-actions' },
      ...foot,
      h('button', { class: 'kiosk-button', 'data-test': 'confirm' }, say('confirm')),
    ),
  )
}

/** Says what is wrong and puts the cursor where it can be put right. */
export function complain(...fault: Fault): void {
  set({ fault })
  field()?.focus()
}
