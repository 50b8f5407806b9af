import type { FieldFault } from '../kernel/app-error.js'
import { type GroupOf, hasMessage } from '../messages/index.js'
import { languageLinks } from '../platform/pages/language-links.js'
import { type Speech, speechOf } from '../platform/pages/speech.js'
import { type FieldError, fieldErrors, type NoticeView } from '../platform/pages/told.js'
import type { Account, HeldCounter } from '../access/index.js'
import { leastCharacters } from './staff-rules.js'

/** What every page of the account gets. */
interface OwnPage {
  errors: FieldError[]
  notice: NoticeView | null
  /** Who is signed in; null before that. */
  username: string | null
}

/** What was typed comes back, but never a password. */
export interface SignInPage extends OwnPage {
  typed: string
  verso: string
}

export interface CodePage extends SignInPage {
  mark: string
}

export interface PasswordPage extends OwnPage {
  username: string
  /** The present password works once and need not be typed again. */
  isOneTime: boolean
  /** A2: the fewest characters. */
  least: number
  hasTotp: boolean
  verso: string
}

export interface AccountPage extends OwnPage {
  username: string
  role: string
  sites: string[]
  hasTotp: boolean
  /** Unused codes for a lost phone. */
  recoveryLeft: number
  /** Turning TOTP off makes a longer password necessary. */
  mustLengthen: boolean
}

export interface TotpPage extends OwnPage {
  username: string
  /** In groups of four, to be typed. */
  secret: string
  qr: string
  mark: string
}

/** Q8: what becomes of the counter, before one leaves. */
export interface LeavePage extends OwnPage {
  username: string
  held: HeldCounter[]
  everywhere: boolean
}

export interface RecoveryPage extends OwnPage {
  username: string
  /** As they are read: two groups of five. */
  codes: string[]
}

/** What `speakLanguage` has put there; the language switch leads to `address`, which can be opened by GET. */
export function speechFor(res: { locals: Record<string, unknown> }, address: string): Speech {
  const speech = speechOf(res)
  res.locals.languages = languageLinks(address, speech.lang)
  return speech
}

/** One sentence for each field: the form's own, or the general one of the fault. */
export const staffFaults = (faults: readonly FieldFault[], speech: Speech): FieldError[] =>
  fieldErrors(faults, speech, ({ field, code }) => {
    const own = `staff.faults.${field}.${code}`
    return hasMessage(own) ? speech.t(own) : null
  })

/** What has gone wrong or right, by its sentences. */
export type StaffNotice = GroupOf<'staff.notices', 'title'>

export const noticeView = (
  { t }: Speech,
  kind: NoticeView['kind'],
  { what, ...values }: { what: StaffNotice; [value: string]: string | number },
): NoticeView => ({
  kind,
  title: t(`staff.notices.${what}.title`, values),
  text: t(`staff.notices.${what}.text`, values),
})

/** What may have been done when an address says `?fatto=`. */
const DONE: readonly unknown[] = [
  'recovery',
  'password',
  'totp-on',
  'totp-off',
  'signed-out',
  'signed-out-everywhere',
] satisfies StaffNotice[]
const isDone = (done: unknown): done is StaffNotice => DONE.includes(done)

/** @returns null for anything else */
export const doneNotice = (speech: Speech, done: unknown): NoticeView | null =>
  isDone(done) ? noticeView(speech, 'success', { what: done }) : null

/** What has gone wrong or right, if anything. */
export type Shown = Partial<Pick<OwnPage, 'errors' | 'notice'>>

const saying = ({ errors = [], notice = null }: Shown) => ({ errors, notice })

export const signInPage = (values: { typed: string; verso: string }, shown: Shown = {}): SignInPage => ({
  ...values,
  ...saying(shown),
  username: null,
})

export const codePage = (values: { typed: string; verso: string; mark: string }, shown: Shown = {}): CodePage => ({
  ...values,
  ...saying(shown),
  username: null,
})

export const passwordPage = (account: Account, verso: string, shown: Shown = {}): PasswordPage => ({
  ...saying(shown),
  username: account.username,
  isOneTime: account.mustChangePassword,
  least: leastCharacters(account),
  hasTotp: account.totpId !== null,
  verso,
})

export const accountPage = (
  account: Account,
  { names, recoveryLeft, speech: { t } }: { names: ReadonlyMap<string, string>; recoveryLeft: number; speech: Speech },
  shown: Shown = {},
): AccountPage => ({
  ...saying(shown),
  username: account.username,
  role: t(`staff.roles.${account.role}`),
  sites: account.siteIds.map((id) => names.get(id) ?? id),
  hasTotp: account.totpId !== null,
  recoveryLeft,
  mustLengthen: account.totpId !== null && !account.passwordIsLong,
})

export const leavePage = ({ username }: Account, held: HeldCounter[], everywhere: boolean): LeavePage => ({
  ...saying({}),
  username,
  held,
  everywhere,
})

/** Codes for a lost phone, this once. */
export const recoveryPage = (
  { username }: Account,
  codes: readonly string[],
  notice: NoticeView | null,
): RecoveryPage => ({
  ...saying({ notice }),
  username,
  codes: codes.map((code) => code.replace(/.{5}(?=.)/g, '$&-')),
})

export const totpPage = (
  { username }: Account,
  { secret, ...offer }: { secret: string; qr: string; mark: string },
  shown: Shown = {},
): TotpPage => ({
  ...saying(shown),
  ...offer,
  username,
  secret: secret.replace(/.{4}(?=.)/g, '$& '),
})
