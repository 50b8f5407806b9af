/** Says how many characters may still be typed. The server counts in the same way: characters, not bytes. @param {Document} page */
export function countCharacters(page) {
  for (const field of page.querySelectorAll('textarea[data-most]')) {
    const place = page.querySelector(`[data-count-of="${field.id}"]`)
    const say = () => {
      const left = Number(field.dataset.most) - [...field.value.trim()].length
      const kind = left < 0 ? 'over' : 'left'
      const text = Math.abs(left) === 1 ? field.dataset[`${kind}One`] : field.dataset[`${kind}Other`]
      place.textContent = text.replace('999', String(Math.abs(left)))
      place.classList.toggle('field-count-over', left < 0)
    }
    let waiting
    field.addEventListener('input', () => {
      clearTimeout(waiting)
      waiting = setTimeout(say, 400)
    })
    say()
  }
}
