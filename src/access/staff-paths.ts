/** Pages of staff, and what is below them: nobody is sent anywhere else after signing in (no open redirect). */
const KNOWN = /^\/(operatore|gestione|account)([/?][!-~]*)?$/

/** Where staff begin. */
const HOME = '/operatore'
const MOST = 300

/** Where to go on: `verso` if it is a page of staff, else where staff begin. */
export function pathBack(verso: unknown): string {
  if (typeof verso !== 'string' || verso.length > MOST || !KNOWN.test(verso)) return HOME
  // Whatever a browser would read differently – `..`, a backslash – is not what it looks like.
  const { pathname, search } = new URL(verso, 'http://localhost')
  return `${pathname}${search}` === verso && !pathname.includes('//') ? verso : HOME
}

/** `/entra` or `/password`, and from there back to `verso`. */
export const pathTo = (path: '/entra' | '/password', verso: string | null): string =>
  verso === null || pathBack(verso) === HOME ? path : `${path}?verso=${encodeURIComponent(pathBack(verso))}`
