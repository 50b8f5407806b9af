import { hash, verify } from '@node-rs/argon2'
import { Turnstile } from '../platform/db/turnstile.js'

/** OWASP's first choice for argon2id (2024): 19 MiB, two passes, one lane; about 60 ms. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Each takes a thread and 19 MiB: a flood of attempts must not take them all. */
const doors = new Turnstile(3, 5000)

/** NFC, so that an accent typed on another keyboard is the same. */
export const hashPassword = (password: string): Promise<string> =>
  doors.pass(() => hash(password.normalize('NFC'), COST))

let nobodys: Promise<string> | undefined

/** Takes the same time when there is no hash to compare with (A2). */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  nobodys ??= hashPassword('nobody has this one')
  const compared = passwordHash ?? (await nobodys)
  const isRight = await doors.pass(() => verify(compared, password.normalize('NFC')))
  return isRight && passwordHash !== null
}
