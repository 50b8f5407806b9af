/** Prints the ticket at once; the button is for once more. */
document.getElementById('print')?.addEventListener('click', () => window.print())
addEventListener('load', () => window.print())
