/** What has just gone wrong or right takes the focus: browsers honour `autofocus` only when nothing else was first. */
export function focusWhatIsSaid(): void {
  const toBeSaid = document.querySelector('[data-focus]')
  if (toBeSaid instanceof HTMLElement) toBeSaid.focus()
}

/** Buttons that print are there only where a script can. */
export function offerPrinting(): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-print]')) {
    button.hidden = false
    button.addEventListener('click', () => window.print())
  }
}
