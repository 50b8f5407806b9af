/** A second press of a button while the first is on its way does nothing. @param {Document} page */
export function submitOnce(page) {
  for (const form of page.querySelectorAll('form[data-once]')) {
    form.addEventListener('submit', (event) => {
      if (form.dataset.sent) return event.preventDefault()
      form.dataset.sent = 'true'
      event.submitter?.setAttribute('aria-disabled', 'true')
    })
  }
  // Back to a page that the browser has kept: its buttons work again.
  window.addEventListener('pageshow', () => {
    for (const form of page.querySelectorAll('form[data-once]')) {
      delete form.dataset.sent
      form.querySelector('[aria-disabled]')?.removeAttribute('aria-disabled')
    }
  })
}
