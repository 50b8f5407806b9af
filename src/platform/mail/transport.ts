import { makeFileTransport } from './file-transport.js'
import type { MailTransport } from './mail.js'
import { MailFolder } from './mail-folder.js'
import { readMailFrom } from './mail-from.js'
import { makeSmtpTransport } from './smtp-transport.js'

export interface MailSettings {
  smtpUrl: string | null
  mailFrom: string
  dataDir: string
}

/** By SMTP when there is a server, else into files (contract.md). @throws Error when MAIL_FROM cannot be read */
export function makeMailTransport({ smtpUrl, mailFrom, dataDir }: MailSettings): MailTransport {
  const from = readMailFrom(mailFrom)
  return smtpUrl === null ? makeFileTransport(new MailFolder(dataDir), from) : makeSmtpTransport(smtpUrl, from)
}
