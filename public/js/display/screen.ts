import type { Screen } from '../../../src/displays/screen.shape.js'
import type { Lang } from '../../../src/messages/lang.shape.js'
import { part, write } from '../kit/page.js'

/** More than so many lines would leave no room for the call. */
const MOST_NOTICES = 4

/** What stands around the board (contract.md, B1): name, rule, notices, and whether the counters are closed. */
export function drawScreen({ name, isExample, rule, notices, closed, words }: Screen, lang: Lang): void {
  write(part('name'), name)
  part('example').hidden = !isExample
  drawList(part('rule'), rule[lang])
  const told = notices[lang].slice(0, MOST_NOTICES)
  part('notices').hidden = told.length === 0
  const isMany = told.length > 2 || told.join('').length > 150
  document.body.classList.toggle('notices-some', told.length > 0 && !isMany)
  document.body.classList.toggle('notices-many', isMany)
  drawList(part('notice-list'), told)
  part('closed').hidden = !closed
  document.body.classList.toggle('is-closed', closed)
  if (!words) return
  write(part('closed-title'), words[lang].title)
  write(part('closed-text'), words[lang].text)
}

/** Only when it reads otherwise: nothing moves, and a screen reader has nothing to say. */
function drawList(list: Element, texts: readonly string[]): void {
  if ([...list.children].map(({ textContent }) => textContent).join('\n') === texts.join('\n')) return
  while (list.firstChild) list.firstChild.remove()
  for (const text of texts) {
    const item = document.createElement('li')
    item.textContent = text
    list.append(item)
  }
}
