import { randomUUID } from 'node:crypto'
import { recordChange } from '../audit/index.js'
import { conflict } from '../kernel/app-error.js'
import { READABLE } from '../kernel/readable.js'
import type { Tx } from '../platform/db/tx.js'
import type { DerivedSecret } from '../platform/http/kept-secrets.js'
import type { Secrets } from '../platform/secrets.js'
import { AccountStore, type SignedIn } from '../access/index.js'
import { RecoveryCodeStore } from './recovery-code.store.js'
import { ACCOUNTS } from './renew-access.js'
import type { StaffDeps } from './staff-deps.js'

/** How many are made at a time. */
const CODES = 10
/** 45 bits: with ten tries in a quarter of an hour nobody guesses one. */
const LENGTH = 10

/** As it is kept and compared: without the hyphen that people read. */
export const RECOVERY_CODE = new RegExp(`^[${READABLE}]{${LENGTH}}$`)

/** Shown once, to the one who asked; at rest there are only hashes. */
export interface RecoveryCodes {
  codes: string[]
  secrets: DerivedSecret[]
}

type Deps = Pick<StaffDeps, 'secrets' | 'clock'>

/** 220 bits of the hash, so that the secret's name before it leaves the whole in its column. */
const HASH_LENGTH = 55

/** Named by its secret, so that the start can say whose codes end with it (docs/decisions/025). */
const hashOf = ({ keyId, keyedHash }: Pick<Secrets, 'keyId' | 'keyedHash'>, username: string, code: string): string =>
  `${keyId}.${keyedHash('recovery', `${username} ${code}`).slice(0, HASH_LENGTH)}`

/** Under which a code may rest: with today's secret, or with the one before (docs/decisions/025). */
export const recoveryHashes = ({ all }: Pick<Secrets, 'all'>, username: string, code: string): string[] =>
  all.map((secrets) => hashOf(secrets, username, code))

/** Makes new ones; those of before are worth nothing any more. */
export async function makeCodes(tx: Tx, { secrets, clock }: Deps, username: string): Promise<RecoveryCodes> {
  const [madeAt, store] = [clock(), new RecoveryCodeStore(tx.em)]
  const derived = Array.from({ length: CODES }, () => ({ kind: 'recovery', id: randomUUID(), length: LENGTH }))
  const codes = derived.map(({ kind, id, length }) => secrets.codeFor(kind, id, length))
  await store.removeAll(username)
  const rows = codes.map((code) => ({
    codeHash: hashOf(secrets, username, code),
    username,
    madeAt,
    usedAt: null,
  }))
  await store.add(rows)
  const change = { at: madeAt, who: username, subjectKind: 'account', subjectId: username } as const
  await recordChange(tx, { ...change, what: 'make-recovery-codes', to: `${CODES} left` })
  return { codes, secrets: derived }
}

/** New ones by wish, when the others are used up or somebody may have seen them. @throws conflict `totp-off` */
export const makeRenewRecoveryCodes =
  (deps: Deps) =>
  async (tx: Tx, { account: { username } }: SignedIn): Promise<RecoveryCodes> => {
    await tx.own(ACCOUNTS)
    const account = await new AccountStore(tx.em).find(username)
    if (!account?.totpId) throw conflict('totp-off')
    return makeCodes(tx, deps, username)
  }

/** @returns how many are left; null when this one was good no more */
export async function useCode(
  tx: Tx,
  { clock, secrets }: Deps,
  { username, codeHash }: { username: string; codeHash: string },
): Promise<number | null> {
  const [at, store] = [clock(), new RecoveryCodeStore(tx.em)]
  if (!(await store.use(username, codeHash, at))) return null
  const left = await store.left(username, secrets)
  const change = { at, who: username, subjectKind: 'account', subjectId: username } as const
  await recordChange(tx, { ...change, what: 'use-recovery-code', to: `${left} left` })
  return left
}
