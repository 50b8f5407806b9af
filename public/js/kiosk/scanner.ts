/** A reader types what it sees and ends with Enter, faster than most hands; a keyboard types at the speed of people. */
import { elementOf } from '../kit/page.js'
import { checkIn } from './draw.js'
import { erase, type } from './keys.js'
import { set, state, type Step } from './state.js'

/** Between two characters of a reader, on a busy machine too. */
const GAP_MS = 250
/** What counts as read: a whole code. Less is somebody who types fast after a pause, and the field has it already. */
const SHORTEST: Partial<Record<Step, number>> = { newborn: 16 }
const CODE = 8
const HAS_FIELD: readonly Step[] = ['code', 'newborn', 'pairing']

let [read, lastAt] = ['', 0]

type Submit = (typed: string) => void

/** @param submit for what is typed in the present step */
export function listenToReader(submit: Submit): void {
  // Before any button gets the Enter: it would press whatever has the focus.
  document.addEventListener('keydown', (event) => onKey(event, submit), true)
}

function onKey(event: KeyboardEvent, submit: Submit): void {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
  if (event.timeStamp - lastAt > GAP_MS) read = ''
  if (event.key.length === 1) {
    lastAt = event.timeStamp
    return onLetter(event)
  }
  if (event.key === 'Backspace') return onBackspace(event)
  if (event.key !== 'Enter') return
  const scanned = read
  read = ''
  if (scanned.length < (SHORTEST[state.step] ?? CODE)) return onEnter(event, submit)
  event.preventDefault()
  event.stopPropagation()
  if (state.step === 'asking') return
  if (!HAS_FIELD.includes(state.step)) return checkIn(scanned)
  set({ typed: scanned, fault: null })
  submit(scanned)
}

/** What has the focus and does something of its own with a key. */
const isControl = (event: Event): boolean => Boolean(elementOf(event)?.closest('input, button, a'))

const isField = (event: Event): boolean => elementOf(event)?.matches('input') ?? false

/** By hand: confirms what is typed, wherever the focus is but on a button. */
function onEnter(event: KeyboardEvent, submit: Submit): void {
  if (isControl(event) || !HAS_FIELD.includes(state.step)) return
  event.preventDefault()
  submit(state.typed.trim())
}

function onBackspace(event: KeyboardEvent): void {
  read = ''
  if (isField(event) || !HAS_FIELD.includes(state.step)) return
  event.preventDefault()
  erase()
}

/** Typed on a keyboard while the heading or a key has the focus: it is meant for the field. */
function onLetter(event: KeyboardEvent): void {
  const isFirst = read === ''
  if (event.key === ' ' && isFirst) return
  read += event.key
  if (isField(event)) return
  event.preventDefault()
  if (HAS_FIELD.includes(state.step)) type(event.key)
}
