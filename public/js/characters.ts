import { find } from './kit/page.js'

/** Says how many characters may still be typed. The server counts in the same way: characters, not bytes. */
export function countCharacters(page: Document): void {
  for (const field of page.querySelectorAll<HTMLTextAreaElement>('textarea[data-most]')) {
    const place = find(Element, `[data-count-of="${field.id}"]`, page)
    const say = () => {
      const left = Number(field.dataset.most) - [...field.value.trim()].length
      const kind = left < 0 ? 'over' : 'left'
      const text = field.dataset[`${kind}${Math.abs(left) === 1 ? 'One' : 'Other'}`] ?? ''
      place.textContent = text.replace('999', String(Math.abs(left)))
      place.classList.toggle('field-count-over', left < 0)
    }
    let waiting: ReturnType<typeof setTimeout> | undefined
    field.addEventListener('input', () => {
      clearTimeout(waiting)
      waiting = setTimeout(say, 400)
    })
    say()
  }
}
