import { createTransport } from 'nodemailer'
import type { Mail, MailTransport } from './mail.js'
import { mailFailure } from './mail-failure.js'
import type { MailFrom } from './mail-from.js'
import { messageOf } from './message.js'

/** How long a server may keep us waiting. `totalMs` also ends one that trickles bytes, which no socket timeout notices. */
export interface SmtpPatience {
  connectMs: number
  silenceMs: number
  totalMs: number
}

const PATIENCE: SmtpPatience = { connectMs: 10_000, silenceMs: 20_000, totalMs: 60_000 }
/** As many as mails are sent at once (mail-sender.ts). */
const CONNECTIONS = 4
/** Shorter than any server's: idle connections are ended by us. */
const IDLE_MS = 15_000

/** Sends by SMTP over a few kept connections. `url` is SMTP_URL: user, password and TLS are in it. */
export function makeSmtpTransport(url: string, from: MailFrom, patience: SmtpPatience = PATIENCE): MailTransport {
  const smtp = createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    idleTimeout: IDLE_MS,
    // Only a mail of which nothing has been sent goes to a second connection: never two of one (T37).
    maxRequeues: 1,
    dnsTimeout: patience.connectMs,
    connectionTimeout: patience.connectMs,
    greetingTimeout: patience.connectMs,
    socketTimeout: patience.silenceMs,
    socketCloseTimeout: 0,
    logger: false,
  })
  return {
    async send(mail: Mail): Promise<void> {
      try {
        await smtp.sendMail({ ...messageOf(mail, from), signal: AbortSignal.timeout(patience.totalMs) })
      } catch (error) {
        throw mailFailure(error, mail.to)
      }
    },
    close: () => smtp.close({ force: true }),
  }
}
