import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { atEnd } from './at-end.js'

/** How the server meets a mail: `hang` reads it and never answers, `drop` cuts the connection before the answer. */
export type SmtpBehaviour = 'accept' | 'refuse-550' | 'later-451' | 'hang' | 'drop'

/** A mail the server acknowledged; `to` are the envelope's recipients, `raw` the bytes as sent. */
export interface ReceivedMail {
  from: string
  to: string[]
  raw: string
  parsed: ParsedMail
}

type Answer = (error?: Error | null) => void

const refusal = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode })

/** A real SMTP server on a free port of the loopback, whose behaviour a test switches while it runs. */
export class SmtpInbox {
  behaviour: SmtpBehaviour = 'accept'
  /** What `refuse-550` says. */
  answer550 = 'No such user here'
  readonly mails: ReceivedMail[] = []
  /** Deliveries begun, whatever became of them: retries show here. */
  attempts = 0
  private readonly server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    disableReverseLookup: true,
    onData: (stream, session, answer) => void this.receive(stream, session, answer),
  })

  static async create(): Promise<SmtpInbox> {
    const inbox = new SmtpInbox()
    inbox.server.on('error', () => undefined) // a dropped connection is what some tests want
    await new Promise<void>((done) => inbox.server.listen(0, '127.0.0.1', done))
    atEnd(() => inbox.close())
    return inbox
  }

  /** What `SMTP_URL` takes. */
  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`
  }

  /** The first mail that `wanted` accepts, waiting for it. @throws after `timeoutMs` with the subjects that did come. */
  async waitFor(wanted: (mail: ReceivedMail) => boolean, timeoutMs = 5000): Promise<ReceivedMail> {
    for (const end = Date.now() + timeoutMs; Date.now() < end; await new Promise((done) => setTimeout(done, 10))) {
      const mail = this.mails.find(wanted)
      if (mail) return mail
    }
    const subjects = this.mails.map((mail) => mail.parsed.subject).join(' | ')
    throw new Error(`no such mail within ${timeoutMs} ms; ${this.attempts} attempts; received: ${subjects || 'none'}`)
  }

  /** Forgets the mails received and behaves well again. */
  reset(): void {
    this.mails.length = 0
    this.attempts = 0
    this.behaviour = 'accept'
  }

  async close(): Promise<void> {
    for (const connection of this.server.connections) connection._socket.destroy()
    await new Promise<void>((done) => this.server.close(done))
  }

  private async receive(stream: SMTPServerDataStream, session: SMTPServerSession, answer: Answer): Promise<void> {
    this.attempts += 1
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    const raw = Buffer.concat(chunks)
    if (this.behaviour === 'hang') return
    if (this.behaviour === 'drop') return this.drop(session)
    if (this.behaviour === 'refuse-550') return answer(refusal(550, this.answer550))
    if (this.behaviour === 'later-451') return answer(refusal(451, 'Try again later'))
    const { mailFrom, rcptTo } = session.envelope
    const from = mailFrom ? mailFrom.address : ''
    this.mails.push({ from, to: rcptTo.map((to) => to.address), raw: raw.toString(), parsed: await simpleParser(raw) })
    answer()
  }

  private drop(session: SMTPServerSession): void {
    for (const connection of this.server.connections) if (connection.session === session) connection._socket.destroy()
  }
}
