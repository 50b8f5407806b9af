import type { RequestHandler } from 'express'
import { unavailable } from '../../kernel/app-error.js'
import { LANGS, type Lang, type Translate, translator } from '../../messages/index.js'
import { dataHeaders, guardHeaders } from './guard.js'
import { acceptedLang } from './language.js'
import { problemOf } from './problem.js'

const RETRY_AFTER_SECONDS = 2
/** Nothing else is looked at. */
const VARY = ['Vary', 'Accept, Accept-Language'] as const

/** What is sent as it lies there. */
interface Ready {
  head: string[]
  bytes: Buffer
}

/** A page without the house's dress: rendering one would be the work that there is no time for. */
const plainPage = (lang: Lang, t: Translate, detail: string): string => `<!DOCTYPE html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t('problems.titles.unavailable')}</title></head>
<body><main><h1>${t('problems.titles.unavailable')}</h1><p>${detail}</p></main></body></html>
`

/** 503 to whoever comes while there is no room: made once, sent without any work. */
export function makeBusyAnswer(secure: boolean): RequestHandler {
  const ready = (headers: (readonly [string, string])[], type: string, body: string): Ready => {
    const bytes = Buffer.from(body)
    const own = ['Content-Type', type, 'Content-Length', `${bytes.length}`, 'Cache-Control', 'no-store', ...VARY]
    return { head: [...headers.flat(), ...own, 'Retry-After', `${RETRY_AFTER_SECONDS}`], bytes }
  }
  const answers = Object.fromEntries(
    LANGS.map((lang) => {
      const t = translator(lang)
      const problem = problemOf(unavailable('database-busy'), t)
      const json = ready(dataHeaders(secure), 'application/problem+json; charset=utf-8', JSON.stringify(problem))
      const page = ready(guardHeaders(secure), 'text/html; charset=utf-8', plainPage(lang, t, problem.detail))
      return [lang, { json, page }]
    }),
  ) as Record<Lang, { json: Ready; page: Ready }>
  return (req, res) => {
    const { json, page } = answers[acceptedLang(req)]
    const { head, bytes } =
      /\bhtml\b/.test(req.headers.accept ?? '') && !/^\/api\b/i.test(req.originalUrl) ? page : json
    // As one list; what was set before it, such as a header of the guard, is replaced.
    res.writeHead(503, head).end(bytes)
  }
}
