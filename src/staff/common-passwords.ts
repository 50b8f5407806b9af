import { dictionary } from '@zxcvbn-ts/language-common'

/** How many of the list's, which begins with the most common, are refused (A2). */
const MOST = 10_000

let common: ReadonlySet<string> | undefined

/** The 10,000 most common passwords, lower-case. */
export function commonPasswords(): ReadonlySet<string> {
  common ??= new Set(dictionary['passwords-common'].slice(0, MOST))
  return common
}
