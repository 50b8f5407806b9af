import type { Derived } from '../derived.js'
import type { Secrets } from '../secrets.js'

/** A secret that can be made again: `tokenFor(kind, id)`, or `codeFor` when it has a length. */
export interface DerivedSecret {
  kind: string
  id: string
  length?: number
}

/** `{{kind:id}}`, `{{kind:id:length}}`, and behind `@` which of our secrets it is derived from. */
const MARKER = /\{\{([a-z-]+):([0-9a-f-]+)(?::(\d+))?(?:@([\w-]+))?\}\}/g
const markerOf = ({ kind, id, length }: DerivedSecret, keyId: string): string =>
  `{{${kind}:${id}${length === undefined ? '' : `:${length}`}@${keyId}}}`

const secretOf = (from: Derived, { kind, id, length }: DerivedSecret): string =>
  length === undefined ? from.tokenFor(kind, id) : from.codeFor(kind, id, length)

const [SEALED, PURPOSE] = ['sealed:', 'kept-answer']

/**
 * The kept form of a body (L1): where a secret of ours stands, it has a marker, whichever secret that came from; and the
 * whole is sealed, since it may name people.
 */
export function hideSecrets(body: unknown, named: readonly DerivedSecret[], secrets: Secrets): string {
  const text = withMarkers(body, named, secrets)
  return text === '' ? '' : SEALED + secrets.seal(text, PURPOSE)
}

function withMarkers(body: unknown, secrets: readonly DerivedSecret[], { all }: Secrets): string {
  // What people wrote may look like a marker: in JSON two braces meet inside a text only, where one may be written so.
  let text = body === undefined ? '' : JSON.stringify(body).replaceAll('{{', '{\\u007b')
  for (const secret of secrets)
    for (const from of all) text = text.replaceAll(secretOf(from, secret), markerOf(secret, from.keyId))
  return text
}

/**
 * The body as it was; null when nobody here has sealed it. `maker` made those markers that do not say it: they are older
 * than `APP_SECRET_OLD`. Earlier versions sealed nothing.
 */
export function showSecrets(kept: string, secrets: Secrets, maker: Derived): string | null {
  const text = kept.startsWith(SEALED) ? secrets.unseal(kept.slice(SEALED.length), PURPOSE) : kept
  if (text === null) return null
  return text.replace(MARKER, (_, ...[kind = '', id = '', length, keyId]: string[]) =>
    secretOf(secrets.all.find((secret) => secret.keyId === keyId) ?? maker, {
      kind,
      id,
      ...(length && { length: Number(length) }),
    }),
  )
}
