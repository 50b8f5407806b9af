/** One is on the way out: nothing is asked of the server any more. */
export const leaving = { isNow: false }

/**
 * Ends the session on the server (A2), then leaves the page whatever the server says.
 * @param mayGo asks what is to be settled first
 */
export function signOutButton(mayGo: () => Promise<boolean>): void {
  const button = document.getElementById('sign-out')
  const leave = async () => {
    if (await mayGo()) await signOut(button?.dataset.csrf ?? '')
  }
  button?.addEventListener('click', () => void leave())
}

async function signOut(csrfToken: string): Promise<void> {
  leaving.isNow = true
  const headers = { 'x-csrf-token': csrfToken, accept: 'application/json' }
  await fetch('/api/v1/session', { method: 'DELETE', headers }).catch(() => undefined)
  location.assign('/entra')
}
