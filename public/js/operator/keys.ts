import { byId, elementOf } from '../kit/page.js'
import { perform } from './commands.js'
import { set, state } from './state.js'
import { ACTIONS, keyOf } from './view.js'
import { say } from './words.js'

/** Where this device remembers that the keys are turned off (WCAG 2.1.4). */
const KEPT = 'turno-shortcuts'
const switcher = byId('shortcuts')

/** Letters are typed there. */
const TYPED = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]'

/** Until the next frame a field may keep the focus though its dialog has closed: nobody types there any more. */
function isTyping(event: Event): boolean {
  const target = elementOf(event)
  return Boolean(target?.closest(TYPED)) && !target?.closest('dialog:not([open])')
}

type Letters = Partial<Record<Parameters<typeof keyOf>[0], () => void>>

/** @param more what other letters do, by the name of their action */
export function listenToKeys(more: Letters): void {
  const deeds = new Map<string, () => void>(ACTIONS.map((action) => [keyOf(action), () => perform(action)]))
  for (const [action, deed] of Object.entries(more)) deeds.set(keyOf(action as keyof Letters), deed)
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
function leaveField(event: KeyboardEvent): void {
  const target = elementOf(event)
  if (event.key !== 'Escape' || event.isComposing || !target?.closest(TYPED)) return
  if (target instanceof HTMLElement && !document.querySelector('dialog[open]')) target.blur()
}

/** Says whether the keys work; their letters disappear when they do not. */
export function showShortcuts(): void {
  switcher.textContent = say(state.shortcuts ? 'shortcuts.on' : 'shortcuts.off')
  switcher.setAttribute('aria-pressed', `${state.shortcuts}`)
  document.body.classList.toggle('no-shortcuts', !state.shortcuts)
}
