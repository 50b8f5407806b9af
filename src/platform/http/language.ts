import type { IncomingHttpHeaders } from 'node:http'
import type { Request, RequestHandler } from 'express'
import { type Lang, LANGS, translator } from '../../messages/index.js'
import { cookieName } from './csrf.js'

export const LANG_COOKIE = 'lang'
const YEAR_MS = 365 * 86_400_000

const isLang = (value: unknown): value is Lang => LANGS.some((lang) => lang === value)

/** What was made of the headers of late: a few browsers' words make up nearly all. */
const known = new Map<string, Lang>()
const MOST = 500

/** The same of headers that were read before, without reading them. @returns null for words that are new */
export const knownLang = ({ 'accept-language': asked }: IncomingHttpHeaders): Lang | null =>
  asked === undefined ? 'it' : (known.get(asked) ?? null)

/** Of `Accept-Language`; Italian when it asks for neither language. */
export const acceptedLang = (req: Request): Lang => {
  const asked = req.headers['accept-language']
  if (asked === undefined) return 'it'
  const before = known.get(asked)
  if (before) return before
  const best = req.acceptsLanguages([...LANGS])
  const lang = isLang(best) ? best : 'it'
  if (known.size >= MOST) known.clear()
  known.set(asked, lang)
  return lang
}

/** Pages: `?lang=en` is remembered in a cookie; then the cookie; then what the browser asks for. */
export const speakLanguage =
  (secure: boolean): RequestHandler =>
  (req, res, next) => {
    const asked = req.query.lang
    const remembered = (req.cookies as Record<string, unknown> | undefined)?.[cookieName(LANG_COOKIE, secure)]
    const lang = isLang(asked) ? asked : isLang(remembered) ? remembered : acceptedLang(req)
    if (isLang(asked) && asked !== remembered) {
      res.cookie(cookieName(LANG_COOKIE, secure), asked, {
        maxAge: YEAR_MS,
        sameSite: 'lax',
        httpOnly: true,
        secure,
        path: '/',
      })
    }
    res.vary('Accept-Language')
    res.setHeader('Content-Language', lang)
    res.locals.lang = lang
    res.locals.t = translator(lang)
    next()
  }
