import { say } from '../words.js'
import { ACTIONS, perform } from './commands.js'
import { set, state } from './state.js'
import { keyOf } from './view.js'

/** Where this device remembers that the keys are turned off (WCAG 2.1.4). */
const KEPT = 'turno-shortcuts'
const switcher = document.getElementById('shortcuts')

/** Letters are typed there. */
const TYPED = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]'

/** Until the next frame a field may keep the focus though its dialog has closed: nobody types there any more. */
const isTyping = ({ target }) => Boolean(target.closest?.(TYPED)) && !target.closest('dialog:not([open])')

/** @param {Record<string, () => void>} more what other letters do, by the name of their action */
export function listenToKeys(more) {
  const deeds = new Map([
    ...ACTIONS.map((action) => [keyOf(action), () => perform(action)]),
    ...Object.entries(more).map(([action, deed]) => [keyOf(action), deed]),
  ])
  set({ shortcuts: localStorage.getItem(KEPT) !== 'off' })
  switcher.addEventListener('click', () => {
    set({ shortcuts: !state.shortcuts })
    localStorage.setItem(KEPT, state.shortcuts ? 'on' : 'off')
  })
  document.addEventListener('keydown', leaveField)
  document.addEventListener('keydown', (event) => {
    if (!state.shortcuts || event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
    if (isTyping(event) || document.querySelector('dialog[open]')) return
    const deed = deeds.get(event.key.toUpperCase())
    if (!deed) return
    event.preventDefault()
    deed()
  })
}

/** Esc gives the letters back to the buttons. */
function leaveField({ key, target, isComposing }) {
  if (key === 'Escape' && !isComposing && target.closest?.(TYPED) && !document.querySelector('dialog[open]'))
    target.blur()
}

/** Says whether the keys work; their letters disappear when they do not. */
export function showShortcuts() {
  switcher.textContent = say(state.shortcuts ? 'shortcuts.on' : 'shortcuts.off')
  switcher.setAttribute('aria-pressed', `${state.shortcuts}`)
  document.body.classList.toggle('no-shortcuts', !state.shortcuts)
}
