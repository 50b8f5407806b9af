import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { READABLE } from '../kernel/readable.js'

/** Every secret of ours: 256 bits in base64url. */
export const SECRET = /^[A-Za-z0-9_-]{43}$/

const IV_BYTES = 12
const TAG_BYTES = 16
const KEY_ID_LENGTH = 8

/** Everything derived from one secret. One key per purpose (HKDF), so that no output of one helps against another. */
export interface Derived {
  /** Names the secret without telling anything of it: stands before what it sealed. */
  keyId: string
  /** Look-up and limit key of a person: a keyed hash, useless without the secret since tax codes can be computed. */
  personHash(taxCode: string): string
  /** AES-256-GCM: `keyId.` and base64url of iv + tag + text. `purpose` binds the text to its place. */
  seal(text: string, purpose: string): string
  /** @returns null when it was not sealed here, for this purpose, or was altered. */
  unseal(sealed: string, purpose: string): string | null
  /** The link secret of a thing, 256 bits base64url; made again from its id whenever a mail or a retry needs it (L1). */
  tokenFor(kind: string, id: string): string
  /** A secret short enough to be typed, without look-alikes: 4.5 bits a character. Derived like `tokenFor`. */
  codeFor(kind: string, id: string, length: number): string
  /** Keyed fingerprint of a secret too short for a plain one. `purpose` binds it to its place. */
  keyedHash(purpose: string, text: string): string
  /** Derived key for a library that wants one of its own (CSRF). */
  keyFor(purpose: string): string
}

export function deriveFrom(secret: string): Derived {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, 'turno', purpose, 32))
  const keys = new Map<string, Buffer>()
  const key = (purpose: string) => {
    const known = keys.get(purpose) ?? derive(purpose)
    keys.set(purpose, known)
    return known
  }
  const hmac = (purpose: string, text: string) => createHmac('sha256', key(purpose)).update(text)
  const keyId = derive('key-id').toString('hex').slice(0, KEY_ID_LENGTH)
  return {
    keyId,
    personHash: (taxCode) => hmac('person', taxCode).digest('hex'),
    seal: (text, purpose) => `${keyId}.${seal(key('seal'), text, purpose)}`,
    unseal: (sealed, purpose) => {
      const { id, bytes } = sealedParts(sealed)
      return id === null || id === keyId ? unseal(key('seal'), bytes, purpose) : null
    },
    tokenFor: (kind, id) => hmac('token', `${kind}:${id}`).digest('base64url'),
    codeFor: (kind, id, length) =>
      readable(Buffer.from(hkdfSync('sha256', key('code'), 'turno', `${kind}:${id}`, 2 * length)), length),
    keyedHash: (purpose, text) => hmac(`hash:${purpose}`, text).digest('hex'),
    keyFor: (purpose) => key(purpose).toString('hex'),
  }
}

/** What was sealed before secrets had names has none: any of them may have sealed it. */
function sealedParts(sealed: string): { id: string | null; bytes: Buffer } {
  const dot = sealed.indexOf('.')
  return { id: dot < 0 ? null : sealed.slice(0, dot), bytes: Buffer.from(sealed.slice(dot + 1), 'base64url') }
}

/** Bytes that would favour some letters are left out; of twice as many bytes as letters enough remain. */
const readable = (bytes: Buffer, length: number): string =>
  [...bytes]
    .filter((byte) => byte < Math.floor(256 / READABLE.length) * READABLE.length)
    .slice(0, length)
    .map((byte) => READABLE[byte % READABLE.length])
    .join('')

function seal(key: Buffer, text: string, purpose: string): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
}

function unseal(key: Buffer, bytes: Buffer, purpose: string): string | null {
  if (bytes.length < IV_BYTES + TAG_BYTES) return null
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  try {
    return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return null
  }
}
