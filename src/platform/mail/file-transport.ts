import { createTransport } from 'nodemailer'
import type { Mail, MailTransport } from './mail.js'
import { mailFailure } from './mail-failure.js'
import type { MailFolder } from './mail-folder.js'
import type { MailFrom } from './mail-from.js'
import { messageOf } from './message.js'

/** Demo: the mail as a server would have got it, in a file whose name sorts by time. */
export function makeFileTransport(folder: MailFolder, from: MailFrom): MailTransport {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  const compose = async (mail: Mail): Promise<Buffer> => {
    try {
      return (await composer.sendMail(messageOf(mail, from))).message as Buffer
    } catch (error) {
      throw mailFailure(error, mail.to)
    }
  }
  return {
    send: async (mail) => folder.add(fileName(mail), await compose(mail)),
    close: () => undefined,
  }
}

const fileName = ({ date, messageId }: Mail): string =>
  `${date.toISOString().replace(/\W/g, '')}-${messageId.replace(/@.*$/, '').replace(/[^\w-]/g, '')}.eml`
