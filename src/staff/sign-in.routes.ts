import type { Request, Response, Router } from 'express'
import type { NoticeView } from '../platform/pages/told.js'
import { AppError, type FieldFault } from '../kernel/app-error.js'
import { addressClasses } from '../platform/http/addresses.js'
import { readCookie } from '../platform/http/cookies.js'
import { page } from '../platform/pages/page.js'
import { statusOf } from '../platform/http/problem.js'
import { codeForm, recoveryForm, signInForm } from './account.forms.js'
import {
  type CodePage,
  codePage,
  doneNotice,
  staffFaults,
  noticeView,
  type SignInPage,
  signInPage,
  speechFor,
} from './account.pages.js'
import type { Speech } from '../platform/pages/speech.js'
import { fieldsOf, readForm, valuesOf } from '../platform/pages/form.js'
import { droppedCookie, pathBack, pathTo, sessionCookie, staffCookie } from '../access/index.js'
import type { CodeWanted, SecondFactor, SignInCommand } from './sign-in.js'
import type { Staff } from './actions.js'

const showSignIn = page<SignInPage>('staff/sign-in')
const showCode = page<CodePage>('staff/code')

/** What the form was sent with, for it to be shown again. */
interface Sent {
  typed: string
  verso: string
}

/** Signing in by page (A2): name and password, then the code where one is wanted. */
export function addSignInPages(router: Router, staff: Staff): void {
  const { secure, authenticate, limits } = staff

  router.get('/entra', async (req, res) => {
    const verso = pathBack(req.query.verso)
    const speech = speechFor(res, req.originalUrl)
    res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' })
    if (await authenticate(req.headers)) return res.redirect(303, verso)
    const isOver = Boolean(readCookie(req.headers, staffCookie(secure)))
    if (isOver) res.append('Set-Cookie', droppedCookie(secure))
    const over = isOver ? noticeView(speech, 'warning', { what: 'session-over' }) : null
    return showSignIn(res, signInPage({ typed: '', verso }, { notice: doneNotice(speech, req.query.fatto) ?? over }))
  })

  // Back from the second step by the browser's own button.
  for (const path of ['/entra/codice', '/entra/recupero']) router.get(path, (_req, res) => res.redirect(303, '/entra'))

  router.post(['/entra', '/entra/codice', '/entra/recupero'], limits.perAsker('staff'), (_req, res, next) => {
    res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' })
    next()
  })
  router.post('/entra', firstStep(staff))
  router.post('/entra/codice', secondStep(staff, BY_APP))
  router.post('/entra/recupero', secondStep(staff, BY_PAPER))
}

const firstStep = (staff: Staff) => async (req: Request, res: Response) => {
  const sent = { typed: valuesOf(req).username ?? '', verso: pathBack(valuesOf(req).verso) }
  const speech = speechFor(res, pathTo('/entra', sent.verso))
  const form = readForm(signInForm, fieldsOf(req))
  if (!form.ok) return showSignIn(res, signInPage(sent, { errors: staffFaults(form.faults, speech) }), 422)
  const { username, password } = form.value
  try {
    const { wanted } = await enter(staff, { req, res, command: { username, proof: { password }, code: null } })
    return wanted === undefined
      ? res.redirect(303, sent.verso)
      : showCode(res, codePage({ ...sent, mark: wanted.mark }))
  } catch (error) {
    return refuse(error, { res, speech }, (notice, status) => showSignIn(res, signInPage(sent, { notice }), status))
  }
}

/** The second factor as a form sends it. */
interface Factor {
  /** @returns faults, or the code */
  read: (req: Request) => { ok: true; code: SecondFactor } | { ok: false; faults: FieldFault[] }
  wrong: FieldFault
}

const BY_APP: Factor = {
  read: (req) => {
    const form = readForm(codeForm, fieldsOf(req))
    return form.ok ? { ok: true, code: { totp: form.value.totp } } : form
  },
  wrong: { field: 'totp', code: 'totp-wrong' },
}

const BY_PAPER: Factor = {
  read: (req) => {
    const form = readForm(recoveryForm, fieldsOf(req))
    return form.ok ? { ok: true, code: { recovery: form.value.recovery } } : form
  },
  wrong: { field: 'recovery', code: 'recovery-wrong' },
}

const secondStep =
  (staff: Staff, { read, wrong }: Factor) =>
  async (req: Request, res: Response) => {
    const { username = '', mark = '', verso } = valuesOf(req)
    const sent: Sent = { typed: username, verso: pathBack(verso) }
    const speech = speechFor(res, pathTo('/entra', sent.verso))
    const again = (shown: { notice: NoticeView } | { errors: CodePage['errors'] }, status: number) =>
      showCode(res, codePage({ ...sent, mark }, shown), status)
    const form = read(req)
    if (!form.ok) return again({ errors: staffFaults(form.faults, speech) }, 422)
    try {
      const { recoveryLeft } = await enter(staff, { req, res, command: { username, proof: { mark }, code: form.code } })
      return res.redirect(303, recoveryLeft === undefined ? sent.verso : '/account?fatto=recovery')
    } catch (error) {
      if (error instanceof AppError && error.code === 'mark-over') {
        const notice = noticeView(speech, 'warning', { what: 'mark-over' })
        return showSignIn(res, signInPage(sent, { notice }), 401)
      }
      if (error instanceof AppError && error.code === 'sign-in-failed')
        return again({ errors: staffFaults([wrong], speech) }, 401)
      return refuse(error, { res, speech }, (notice, status) => again({ notice }, status))
    }
  }

type Known = Pick<SignInCommand, 'username' | 'proof' | 'code'>

/** Signs in and gives the browser its cookie. @returns what is still wanted, if it is not done */
async function enter(
  { signIn, unitOfWork, secure, secrets, knownDevices }: Staff,
  { req, res, command }: { req: Request; res: Response; command: Known },
): Promise<{ wanted?: CodeWanted; recoveryLeft?: number }> {
  const oldToken = readCookie(req.headers, staffCookie(secure))
  const device = (name: string) => knownDevices.deviceOf(req.headers, name)
  const found = await signIn({ ...command, address: addressClasses(req.ip), device, oldToken })
  if (found.kind === 'code-wanted') return { wanted: found }
  const { session, account, ...done } = await unitOfWork.run(found.start)
  res.append('Set-Cookie', sessionCookie(secrets, secure, session))
  res.append('Set-Cookie', knownDevices.cookieFor(req.headers, account.username))
  return done
}

/** The same for every reason (A2); too many tries: when to come back. */
function refuse(
  error: unknown,
  { res, speech }: { res: Response; speech: Speech },
  show: (notice: NoticeView, status: number) => void,
): void {
  if (!(error instanceof AppError)) throw error
  if (error.code === 'sign-in-failed') return show(noticeView(speech, 'danger', { what: 'refused' }), statusOf(error))
  if (error.code === 'password-ended') return show(noticeView(speech, 'warning', { what: error.code }), statusOf(error))
  if (error.kind !== 'too-many' && error.code !== 'sign-in-busy') throw error
  const seconds = Number(error.details.retryAfterSeconds ?? 60)
  res.set('Retry-After', String(Math.max(1, seconds)))
  if (error.code === 'sign-in-busy') return show(noticeView(speech, 'warning', { what: 'busy' }), statusOf(error))
  return show(noticeView(speech, 'danger', { what: 'too-many', count: Math.ceil(seconds / 60) }), statusOf(error))
}
