/** What every page is nicer with; nothing breaks without. */
import { countCharacters } from './characters.js'
import { countDown } from './hold.js'
import { submitOnce } from './submit-once.js'

/** What has just gone wrong or right takes the focus: browsers honour `autofocus` only when nothing else was first. */
const toBeSaid = document.querySelector('[data-focus]')
if (toBeSaid instanceof HTMLElement) toBeSaid.focus()

for (const holder of document.querySelectorAll('[data-print]')) {
  holder.hidden = false
  holder.addEventListener('click', () => window.print())
}

submitOnce(document)
countCharacters(document)
countDown(document)
