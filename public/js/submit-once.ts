/** A second press of a button while the first is on its way does nothing. */
export function submitOnce(page: Document): void {
  const forms = () => page.querySelectorAll<HTMLFormElement>('form[data-once]')
  for (const form of forms()) {
    form.addEventListener('submit', (event) => {
      if (form.dataset.sent) return event.preventDefault()
      form.dataset.sent = 'true'
      event.submitter?.setAttribute('aria-disabled', 'true')
    })
  }
  // Back to a page that the browser has kept: its buttons work again.
  window.addEventListener('pageshow', () => {
    for (const form of forms()) {
      delete form.dataset.sent
      form.querySelector('[aria-disabled]')?.removeAttribute('aria-disabled')
    }
  })
}
