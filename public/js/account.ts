/** Niceties of signing in: the password can be looked at, and Caps Lock is told. Everything works without. */
import type { KeyOf } from '../../src/messages/keys.shape.js'
import { speaker } from './kit/words.js'
import { focusWhatIsSaid, offerPrinting } from './niceties.js'
import { submitOnce } from './submit-once.js'

/** Of the many sentences of staff's pages these alone are given to the script (views/staff/head.ejs). */
const say = speaker<Extract<KeyOf<'staff'>, 'showPassword' | 'hidePassword' | 'capsLock'>>()

focusWhatIsSaid()

/** A button that shows what is typed. Browsers and password managers keep seeing a password when it is sent. */
function addShow(input: HTMLInputElement): void {
  const button = document.createElement('button')
  const show = (isShown: boolean) => {
    input.type = isShown ? 'text' : 'password'
    button.textContent = say(isShown ? 'hidePassword' : 'showPassword')
  }
  button.type = 'button'
  button.className = 'btn-link-plain password-show'
  button.setAttribute('aria-controls', input.id)
  button.addEventListener('click', () => show(input.type === 'password'))
  input.form?.addEventListener('submit', () => show(false))
  input.spellcheck = false
  input.autocapitalize = 'none'
  show(false)
  input.after(button)
}

function tellCapsLock(input: HTMLInputElement): void {
  const hint = document.createElement('p')
  hint.className = 'password-caps'
  hint.setAttribute('role', 'status')
  input.after(hint)
  const tell = (event: Event) => {
    // Browsers that fill a field in themselves say so with an event that has no keys.
    if (!(event instanceof KeyboardEvent)) return
    const text = event.getModifierState('CapsLock') ? say('capsLock') : ''
    if (hint.textContent !== text) hint.textContent = text
  }
  for (const type of ['keydown', 'keyup']) input.addEventListener(type, tell)
  input.addEventListener('blur', () => (hint.textContent = ''))
}

for (const input of document.querySelectorAll<HTMLInputElement>('input[type="password"]')) {
  addShow(input)
  tellCapsLock(input)
}
offerPrinting()
submitOnce(document)
