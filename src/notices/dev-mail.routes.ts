import { type Response, Router } from 'express'
import { notFound } from '../kernel/app-error.js'
import { page } from '../platform/pages/page.js'
import { MailFolder } from '../platform/mail/mail-folder.js'
import { readEml, type ReadMail } from '../platform/mail/read-eml.js'

/** views/notices/dev-mails.ejs */
interface DevMailsPage {
  mails: (Pick<ReadMail, 'date' | 'lang' | 'to' | 'subject'> & { name: string })[]
}

/** views/notices/dev-mail.ejs */
interface DevMailPage {
  name: string
  mail: ReadMail
}

interface Deps {
  development: boolean
  smtpUrl: string | null
  dataDir: string
}

const NEWEST = 100
const showMails = page<DevMailsPage>('notices/dev-mails')
const showMail = page<DevMailPage>('notices/dev-mail')

/**
 * `/dev/mail`: the mails that were written to files, for whoever tries the program out. A router without routes
 * wherever others could reach it (BASE_URL is no loopback address, production) and wherever mail really leaves.
 */
export function makeDevMailRoutes({ development, smtpUrl, dataDir }: Deps): Router {
  const router = Router()
  if (!development || smtpUrl !== null) return router
  const folder = new MailFolder(dataDir)
  const read = async (name: string): Promise<Buffer> => {
    const file = await folder.read(name)
    if (!file) throw notFound()
    return file
  }

  router.get('/dev/mail', async (_req, res) => {
    const names = await folder.newest(NEWEST)
    const mails = await Promise.all(names.map(async (name) => ({ name, ...readEml(await read(name)) })))
    showMails(res, { mails: mails.map(({ name, date, lang, to, subject }) => ({ name, date, lang, to, subject })) })
  })

  router.get('/dev/mail/:name', async ({ params }, res) => {
    const mail = readEml(await read(params.name))
    allow(res, "frame-src 'self'")
    showMail(res, { name: params.name, mail })
  })

  router.get('/dev/mail/:name/html', async ({ params }, res) => {
    const { html } = readEml(await read(params.name))
    res.setHeader('Content-Security-Policy', CAGE)
    res.setHeader('X-Frame-Options', 'SAMEORIGIN')
    res.type('html').send(html)
  })

  router.get('/dev/mail/:name/source', async ({ params }, res) => {
    res
      .attachment(params.name)
      .type('message/rfc822')
      .send(await read(params.name))
  })
  return router
}

/** A mail is shown without scripts, forms or an origin; its links open in a tab of their own. */
const CAGE =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"

/** Widens the policy of the house for one page. */
const allow = (res: Response, directive: string): void => {
  const policy = String(res.getHeader('Content-Security-Policy') ?? "default-src 'none'; style-src 'self'")
  const others = policy.split(';').filter((part) => part.trim() !== '' && !part.trim().startsWith('frame-src'))
  res.setHeader('Content-Security-Policy', [...others, directive].join(';'))
}
