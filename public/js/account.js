/** Niceties of signing in: the password can be looked at, and Caps Lock is told. Everything works without. */
import { submitOnce } from './submit-once.js'
import { say } from './words.js'

const toBeSaid = document.querySelector('[data-focus]')
if (toBeSaid instanceof HTMLElement) toBeSaid.focus()

/** A button that shows what is typed. Browsers and password managers keep seeing a password when it is sent. */
function addShow(input) {
  const button = document.createElement('button')
  const show = (isShown) => {
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

function tellCapsLock(input) {
  const hint = document.createElement('p')
  hint.className = 'password-caps'
  hint.setAttribute('role', 'status')
  input.after(hint)
  const tell = (event) => {
    if (!(event instanceof KeyboardEvent)) return
    const isOn = event.type !== 'blur' && event.getModifierState('CapsLock')
    const text = isOn ? say('capsLock') : ''
    if (hint.textContent !== text) hint.textContent = text
  }
  for (const type of ['keydown', 'keyup']) input.addEventListener(type, tell)
  input.addEventListener('blur', () => (hint.textContent = ''))
}

for (const input of document.querySelectorAll('input[type="password"]')) {
  addShow(input)
  tellCapsLock(input)
}
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
submitOnce(document)
