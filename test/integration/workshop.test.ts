import { expect } from 'chai'
import { createConnection } from 'mysql2/promise'
import { createTransport } from 'nodemailer'
import { newVisit } from '../support/chromium.js'
import { MariaDb, sharedMariaDb } from '../support/mariadb.js'
import { describeWith } from '../support/needs.js'
import { Redis } from '../support/redis.js'
import { answers } from '../support/servers.js'
import { type SmtpBehaviour, SmtpInbox } from '../support/smtp.js'

const send = (inbox: SmtpInbox, subject: string) =>
  createTransport({ url: inbox.url, ignoreTLS: true, socketTimeout: 300 }).sendMail({
    from: 'turno@example.org',
    to: 'anna@example.org',
    subject,
    text: 'Buongiorno',
  })

describe('the test workshop', () => {
  describeWith('MariaDB', 'a private MariaDB', () => {
    it('keeps what was committed through a kill -9', async function () {
      this.timeout(20_000)
      const server = await MariaDb.create()
      await server.execute('CREATE DATABASE kept')
      await server.execute('CREATE TABLE kept.n (n INT) ENGINE=InnoDB')
      await server.execute('INSERT INTO kept.n VALUES (7)')
      await server.kill()
      expect(await answers(server.port)).to.equal(false)
      await server.start()
      expect(await server.execute('SELECT n FROM kept.n')).to.deep.equal([{ n: 7 }])
      await server.remove()
    })

    it('gives every asker a database name of its own that the app may create', async () => {
      const server = await sharedMariaDb()
      const [one, two] = await Promise.all([server.freshDatabaseUrl(), server.freshDatabaseUrl()])
      expect(one).not.to.equal(two)
      const app = await createConnection(server.url(''))
      await app.query(`CREATE DATABASE ${new URL(one).pathname.slice(1)}`)
      await app.end()
    })
  })

  describeWith('Redis', 'a private Redis', () => {
    it('comes back on the same port after a kill -9', async () => {
      const server = await Redis.create()
      await server.kill()
      expect(await answers(server.port, 'PING\r\n')).to.equal(false)
      await server.start()
      expect(await answers(server.port, 'PING\r\n')).to.equal(true)
      await server.remove()
    })
  })

  describeWith('Chromium', 'the browser', () => {
    it('opens a page without JavaScript too', async function () {
      this.timeout(30_000)
      for (const [javaScriptEnabled, text] of [
        [true, 'on'],
        [false, 'off'],
      ] as const) {
        const visit = await newVisit({ javaScriptEnabled })
        const page = await visit.newPage()
        await page.goto('data:text/html,<p>off</p><script>document.querySelector("p").textContent="on"</script>')
        expect(await page.textContent('p')).to.equal(text)
        await visit.close()
      }
    })
  })

  describe('the mail server', () => {
    it('collects what was sent, parsed', async () => {
      const inbox = await SmtpInbox.create()
      await send(inbox, 'Prenotazione confermata')
      const mail = await inbox.waitFor(({ to }) => to.includes('anna@example.org'))
      expect(mail.parsed.subject).to.equal('Prenotazione confermata')
      expect(mail.parsed.text?.trim()).to.equal('Buongiorno')
      await inbox.close()
    })

    const refusals: [SmtpBehaviour, string | number][] = [
      ['refuse-550', 550],
      ['later-451', 451],
      ['hang', 'ETIMEDOUT'],
      ['drop', 'ECONNECTION'],
    ]
    for (const [behaviour, sign] of refusals) {
      it(`can ${behaviour}`, async () => {
        const inbox = await SmtpInbox.create()
        inbox.behaviour = behaviour
        const error = await send(inbox, 'x').then(
          () => null,
          (reason: { code: string; responseCode?: number }) => reason.responseCode ?? reason.code,
        )
        expect(error).to.equal(sign)
        expect([inbox.attempts, inbox.mails.length]).to.deep.equal([1, 0])
        inbox.behaviour = 'accept'
        await send(inbox, 'y')
        await inbox.close()
      })
    }
  })
})
