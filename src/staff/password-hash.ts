import { hash, verify } from '@node-rs/argon2'
import { PasswordLine } from './password-line.js'

/** OWASP's first choice for argon2id (2024): 19 MiB, two passes, one lane; about 60 ms. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

const line = new PasswordLine()

/** NFC, so that an accent typed on another keyboard is the same. */
export const hashPassword = (password: string): Promise<string> =>
  line.pass(null, () => hash(password.normalize('NFC'), COST))

let nobodys: Promise<string> | undefined

/**
 * Takes the same time when there is no hash to compare with (A2).
 * @param stranger where somebody comes from who has not signed in there before; null for everybody else
 */
export async function isPassword(
  passwordHash: string | null,
  password: string,
  stranger: string | null = null,
): Promise<boolean> {
  nobodys ??= hashPassword('nobody has this one')
  const compared = passwordHash ?? (await nobodys)
  const isRight = await line.pass(stranger, () => verify(compared, password.normalize('NFC')))
  return isRight && passwordHash !== null
}
