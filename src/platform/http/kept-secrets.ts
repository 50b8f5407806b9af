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

/** The kept form of a body: where a secret of ours stands, it has a marker, whichever secret that came from (L1). */
export function hideSecrets(body: unknown, secrets: readonly DerivedSecret[], { all }: Secrets): string {
  // What people wrote may look like a marker: in JSON two braces meet inside a text only, where one may be written so.
  let text = body === undefined ? '' : JSON.stringify(body).replaceAll('{{', '{\\u007b')
  for (const secret of secrets)
    for (const from of all) text = text.replaceAll(secretOf(from, secret), markerOf(secret, from.keyId))
  return text
}

/** The body as it was. `maker` made those markers that do not say it: they are older than `APP_SECRET_OLD`. */
export const showSecrets = (kept: string, { all }: Secrets, maker: Derived): string =>
  kept.replace(MARKER, (_, ...[kind = '', id = '', length, keyId]: string[]) =>
    secretOf(all.find((secret) => secret.keyId === keyId) ?? maker, {
      kind,
      id,
      ...(length && { length: Number(length) }),
    }),
  )
