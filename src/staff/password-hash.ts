import { hash, verify } from '@node-rs/argon2'
import { PasswordLine } from './password-line.js'

/** OWASP's first choice for argon2id (2024): 19 MiB, two passes, one lane; about 60 ms. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** The process has four threads, however many apps are in it. */
export const passwordLine = new PasswordLine()

/** NFC, so that an accent typed on another keyboard is the same. */
export const hashPassword = (password: string): Promise<string> =>
  passwordLine.hash(() => hash(password.normalize('NFC'), COST))

let nobodys: string | undefined

/** Takes the same time when there is no hash to compare with (A2). `stranger`: never signed in there before. */
export async function isPassword(
  passwordHash: string | null,
  password: string,
  { stranger = false } = {},
): Promise<boolean> {
  const compared = passwordHash ?? (nobodys ??= await hashPassword('nobody has this one'))
  const isRight = await passwordLine.hash(() => verify(compared, password.normalize('NFC')), stranger)
  return isRight && passwordHash !== null
}
