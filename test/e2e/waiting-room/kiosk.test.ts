import { expect } from 'chai'
import type { Route } from 'playwright-core'
import { startApp, type TestApp } from '../../support/app.js'
import { visitorOf } from '../../support/builders.js'
import { SQLITE } from '../../support/engines.js'
import type { StaffClient } from '../../support/staff.js'
import { at as slotAt } from '../bookings.js'
import { inBrowser } from '../in-browser.js'
import { aManager, drawn, KioskScreen, PORTRAIT } from '../pages/kiosk-screen.js'
import { at, NEWBORN } from '../../integration/queue/room.js'

inBrowser('the kiosk', () => {
  let app: TestApp
  let manager: StaffClient
  let kiosk: KioskScreen
  beforeEach(async () => {
    app = await startApp(SQLITE, { now: at('07:00') })
    manager = await aManager(app)
  })
  afterEach(async () => {
    await kiosk?.end()
    await app?.close()
  })

  const stand = async (time: string, options = {}) => {
    app.clock.set(at(time))
    await manager.signIn(manager.username)
    kiosk = await KioskScreen.paired(app, manager, options)
  }

  /** A booking at Legnano unless said. */
  const booked = async (time: string, { site = 'legnano', person = 1, day = '2026-11-24' } = {}) => {
    const { body } = await app.api.post('/bookings', {
      site,
      service: 'scelta-revoca',
      start: slotAt(time, day),
      visitor: { ...visitorOf(person), phone: undefined },
    })
    return (body as { booking: { code: string; token: string } }).booking
  }

  describe('gives a number', () => {
    it('for a booking by its code, typed by finger; again the same (W1)', async () => {
      const { code } = await booked('09:15')
      await stand('09:05', { viewport: PORTRAIT })
      for (const isAgain of [false, true]) {
        await kiosk.press('booking')
        await kiosk.touch(code)
        await kiosk.press('confirm')
        expect(await kiosk.number()).to.equal('P001')
        expect(await kiosk.test('again').count()).to.equal(isAgain ? 1 : 0)
        expect(await kiosk.text())
          .to.include('Prima di lei: nessuno')
          .and.include('Nessuno sportello aperto')
        await kiosk.press('done')
      }
      expect(await drawn(app)).to.deep.equal(['P001 waiting'])
    })

    it('for a booking whose QR or link a reader types on the first page, and on the page of the code', async () => {
      const [one, other] = [await booked('09:15'), await booked('09:30', { person: 2 })]
      await stand('09:05')
      await kiosk.scan(one.code)
      expect(await kiosk.number()).to.equal('P001')
      await kiosk.press('done')
      await kiosk.press('booking')
      await kiosk.touch('AC')
      await kiosk.scan(`${app.url}/prenotazione/${other.token}`)
      expect(await kiosk.number()).to.equal('P002')
      expect(await drawn(app)).to.deep.equal(['P001 waiting', 'P002 waiting'])
    })

    it('for a newborn, by the child’s health card; the code is nowhere afterwards (W4)', async () => {
      await stand('09:05')
      await kiosk.press('offer-neonati')
      await kiosk.scan(NEWBORN)
      expect(await kiosk.number()).to.equal('N001')
      expect(JSON.stringify(await app.database.contents())).not.to.include(NEWBORN)
      const rest = await kiosk.page.evaluate(() => JSON.stringify({ ...localStorage }) + document.body.outerHTML)
      expect(rest).not.to.include(NEWBORN)
    })

    it('for a newborn typed by finger, once what was wrong is put right where it was typed', async () => {
      await stand('09:05', { viewport: PORTRAIT })
      await kiosk.press('offer-neonati')
      await kiosk.press('confirm')
      expect(await kiosk.wrong()).to.include('Scriva il codice fiscale del bambino')
      await kiosk.touch('RSSMRA85T10A562S')
      await kiosk.press('confirm')
      await kiosk.test('wrong').filter({ hasText: 'sotto l’anno di età' }).waitFor()
      expect(await kiosk.page.evaluate(() => document.activeElement?.id)).to.equal('')
      for (let i = 0; i < 16; i++) await kiosk.press('erase')
      await kiosk.touch(`${NEWBORN.slice(0, 15)}${NEWBORN.endsWith('A') ? 'B' : 'A'}`)
      await kiosk.press('confirm')
      await kiosk.test('wrong').filter({ hasText: 'errore di battitura' }).waitFor()
      await kiosk.press('erase')
      await kiosk.touch(NEWBORN.slice(15))
      await kiosk.press('confirm')
      expect(await kiosk.number()).to.equal('N001')
    })

    it('for direct access by one touch, and at the pick-up point by the age (Q1)', async () => {
      await stand('09:05')
      await kiosk.press('offer-accesso-diretto')
      expect(await kiosk.number()).to.equal('D001')
      await kiosk.press('done')
      await kiosk.press('offer-punto-ritiro')
      expect(await kiosk.heading()).to.equal('Ha 65 anni o più?')
      await kiosk.press('senior-no')
      expect(await kiosk.number()).to.equal('R001')
      await kiosk.press('done')
      await kiosk.press('offer-punto-ritiro')
      await kiosk.press('senior-yes')
      expect(await kiosk.number()).to.equal('R002')
      expect(await kiosk.text(), 'passes the other').to.include('Prima di lei: 1 persona')
      const rows = ((await app.database.contents())['ticket'] ?? []) as Record<string, unknown>[]
      expect(rows.map((row) => Boolean(row['row_is_senior']))).to.have.members([false, false, true])
    })

    it('that says how long, as a range, once a counter is open (Q6), and how to follow it', async () => {
      await stand('09:05')
      await manager.post('/counters/legnano-1/open')
      for (let i = 0; i < 3; i++) {
        await kiosk.press('offer-accesso-diretto')
        await kiosk.number()
        if (i < 2) await kiosk.press('done')
      }
      expect(await kiosk.text()).to.match(/Prima di lei: 2 persone Attesa: circa \d+–\d+ minuti/)
      const picture = kiosk.page.locator('.kiosk-qr img')
      await picture.waitFor()
      expect(await picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).to.be.greaterThan(100)
      await kiosk.page.waitForFunction(() => (globalThis as unknown as { printed: number }).printed === 3)
    })

    it('on paper once: a number, the place and the time, a QR; no name, no service', async () => {
      const { code } = await booked('09:15')
      await stand('09:05')
      await kiosk.scan(code)
      await kiosk.number()
      await kiosk.page.waitForFunction(() => (globalThis as unknown as { printed: number }).printed === 1)
      await kiosk.speak('en')
      await kiosk.speak('it')
      expect(await kiosk.printed()).to.equal(1)
      await kiosk.page.emulateMedia({ media: 'print' })
      await kiosk.page.setViewportSize({ width: 302, height: 567 })
      const paper = await kiosk.page.locator('body').innerText()
      expect(paper).to.include('P001').and.include('Legnano').and.include('martedì 24 novembre 2026 – 9:05')
      expect(paper).to.include('Prima di lei: nessuno')
      expect(paper).not.to.match(/scelta|revoca|medico|neonat|rossi|maria/i)
      expect(await kiosk.page.locator('.receipt img').isVisible()).to.equal(true)
      const pdf = (await kiosk.page.pdf({ preferCSSPageSize: true })).toString('latin1')
      expect(pdf.match(/\/MediaBox \[[^\]]*\]/)?.[0], '80 mm').to.match(/\[0 0 22[67]/)
      expect(pdf.match(/\/Type \/Page\b/g)).to.have.length(1)
    })
  })

  describe('says what to do', () => {
    it('when a code is too short, unknown, or no code at all', async () => {
      await stand('09:05')
      await kiosk.press('booking')
      await kiosk.press('confirm')
      expect(await kiosk.wrong()).to.equal('Scriva il codice con i tasti qui sotto.')
      await kiosk.touch('ACDE')
      await kiosk.press('confirm')
      expect(await kiosk.wrong()).to.include('ne mancano 4')
      await kiosk.touch('ACDE')
      await kiosk.press('confirm')
      await kiosk.test('wrong').filter({ hasText: 'Questo codice non c’è' }).waitFor()
      expect(await kiosk.page.locator('#typed').inputValue(), 'kept, to be compared').to.equal('ACDEACDE')
      await kiosk.scan('RSSMRA85T10A562S')
      await kiosk.test('wrong').filter({ hasText: 'Questo è un codice fiscale' }).waitFor()
      expect(await drawn(app)).to.deep.equal([])
    })

    it('when a booking is for another day, another site, or cancelled (W1)', async () => {
      const tomorrow = await booked('09:15', { day: '2026-11-25' })
      const elsewhere = await booked('09:15', { site: 'magenta', person: 2 })
      const cancelled = await booked('09:30', { person: 3 })
      await app.api.post(`/bookings/${cancelled.token}/cancel`)
      await stand('09:05')
      for (const [{ code }, heading, text] of [
        [tomorrow, 'un altro giorno', 'mercoledì 25 novembre alle 9:15'],
        [elsewhere, 'un’altra sede', 'Magenta, Via al Donatore di Sangue 50'],
        [cancelled, 'annullata', 'prenotare di nuovo'],
      ] as const) {
        await kiosk.scan(code)
        await kiosk.page.locator('h1', { hasText: heading }).waitFor()
        expect(await kiosk.text()).to.include(text)
      }
      await kiosk.press('other-code')
      expect(await kiosk.step()).to.equal('code')
      expect(await drawn(app)).to.deep.equal([])
    })

    it('when the number before was missed, left or served, and after closing (W1, K11)', async () => {
      const [missed, left, done, late] = await Promise.all(
        [1, 2, 3, 4].map((person) => booked(['09:15', '09:30', '09:45', '12:15'][person - 1] ?? '', { person })),
      )
      await stand('09:05')
      const step = (id: string, name: string) => manager.post(`/tickets/${id}/${name}`)
      const arrive = async (code = '') => (await manager.post('/sites/legnano/check-ins', { code })).body.ticket.id
      await manager.post('/counters/legnano-1/open')
      for (const [booking, then] of [
        [missed, ['missed']],
        [done, ['done']],
      ] as const) {
        const id = await arrive(booking?.code)
        await manager.post(`/tickets/${id}/call`, { counter: 'legnano-1', reason: 'x' })
        for (const name of then) await step(id, name)
      }
      await step(await arrive(left?.code), 'left')
      for (const [booking, number, words] of [
        [missed, 'P001', 'è di nuovo in coda, con lo stesso numero'],
        [left, 'P004', 'questo è il suo nuovo numero'],
      ] as const) {
        await kiosk.scan(booking?.code ?? '')
        await kiosk.test('number').filter({ hasText: number }).waitFor()
        expect(await kiosk.text())
          .to.include(words)
          .and.not.include('già in coda')
        await kiosk.press('done')
      }
      await kiosk.scan(done?.code ?? '')
      await kiosk.page.locator('h1', { hasText: 'già conclusa' }).waitFor()
      app.clock.set(at('13:30'))
      await kiosk.scan(late?.code ?? '')
      await kiosk.page.locator('h1', { hasText: 'La sede ha chiuso' }).waitFor()
      expect(await kiosk.text()).to.include('Apre domani, mercoledì 25 novembre, alle 8:30')
      expect((await drawn(app)).length).to.equal(4)
    })

    it('when the day’s numbers are used up (W3)', async () => {
      await manager.patch('/sites/legnano/services/accesso-diretto', { dailyQuota: 1 })
      await stand('09:05')
      await kiosk.press('offer-accesso-diretto')
      await kiosk.number()
      await kiosk.press('done')
      // Drawn a moment ago: the page has not asked again, the server says no.
      await kiosk.press('offer-accesso-diretto')
      await kiosk.page.locator('h1', { hasText: 'Per oggi i numeri sono finiti' }).waitFor()
      await kiosk.open()
      await kiosk.test('offer-accesso-diretto').filter({ hasText: 'Per oggi i numeri sono finiti' }).waitFor()
    })

    for (const [time, isOpen] of [
      ['08:29', false],
      ['08:30', true],
      ['12:29', true],
      ['12:30', false],
    ] as const) {
      it(`for newborns at ${time}: ${isOpen ? 'asks for the code' : 'says when it opens'} (W3)`, async () => {
        await stand(time)
        const choice = kiosk.test('offer-neonati')
        const opens = time === '08:29' ? 'Apre oggi alle 8:30' : 'Apre domani, mercoledì 25 novembre, alle 8:30'
        expect(await choice.innerText()).to.include(isOpen ? 'Con il codice fiscale' : opens)
        await choice.click()
        if (isOpen) {
          await kiosk.scan(NEWBORN)
          expect(await kiosk.number()).to.equal('N001')
        } else {
          expect(await kiosk.heading()).to.equal('In questo momento è chiuso')
          expect(await kiosk.text()).to.include(opens.slice(1))
          expect(await drawn(app)).to.deep.equal([])
        }
      })
    }

    it('when the window closes while somebody types: the server’s no, with the next opening', async () => {
      await stand('12:29')
      await kiosk.press('offer-neonati')
      app.clock.set(at('12:30'))
      await kiosk.scan(NEWBORN)
      await kiosk.page.locator('h1', { hasText: 'In questo momento è chiuso' }).waitFor()
      expect(await kiosk.text()).to.include('apre domani, mercoledì 25 novembre, alle 8:30')
    })

    it('and offers only what the site takes people for', async () => {
      await manager.patch('/sites/legnano/services/punto-ritiro', { walkIn: null })
      await stand('09:05')
      expect(await kiosk.page.locator('.kiosk-card').allInnerTexts()).to.have.length(3)
      expect(await kiosk.text()).not.to.include('Punto di ritiro')
    })
  })

  describe('never gives two numbers for one press (W5)', () => {
    it('touched twice, the second touch presses nothing on what comes next', async () => {
      await stand('09:05')
      await kiosk.test('offer-accesso-diretto').dblclick({ delay: 5 })
      expect(await kiosk.number()).to.equal('D001')
      await kiosk.press('done')
      await kiosk.test('offer-punto-ritiro').dblclick({ delay: 5 })
      await kiosk.test('senior').waitFor()
      await kiosk.page.waitForTimeout(500)
      expect(await kiosk.step(), 'still asked').to.equal('senior')
      expect(await drawn(app)).to.deep.equal(['D001 waiting'])
    })

    it('when the answer is lost on its way: it says so, asks again, shows that one', async () => {
      await stand('09:05')
      let asked = 0
      await kiosk.page.route('**/walk-ins', async (route: Route) => {
        if (route.request().method() === 'GET') return route.continue()
        asked += 1
        if (asked > 2) return route.continue()
        await route.fetch()
        return route.abort()
      })
      await kiosk.press('offer-accesso-diretto')
      await kiosk.test('asking-away').waitFor()
      expect(await kiosk.text()).to.include('Riceverà un solo numero')
      expect(await kiosk.number()).to.equal('D001')
      expect(asked).to.equal(3)
      expect(await drawn(app)).to.deep.equal(['D001 waiting'])
    })

    it('when the server is away and somebody gives up: the same choice again is the same press', async () => {
      await stand('09:05')
      await kiosk.page.route('**/walk-ins', async (route: Route) => {
        if (route.request().method() === 'POST') await route.fetch()
        return route.abort()
      })
      await kiosk.press('offer-accesso-diretto')
      await kiosk.press('give-up')
      expect(await kiosk.heading()).to.equal('Il sistema non risponde')
      await kiosk.page.unrouteAll({ behavior: 'ignoreErrors' })
      await kiosk.press('retry')
      expect(await kiosk.number()).to.equal('D001')
      expect(await drawn(app)).to.deep.equal(['D001 waiting'])
    })

    it('when the page is loaded anew in the middle: it goes on by itself', async () => {
      await stand('09:05')
      await kiosk.page.route('**/walk-ins', async (route: Route) => {
        if (route.request().method() === 'POST') await route.fetch()
        return route.abort()
      })
      await kiosk.press('offer-accesso-diretto')
      await kiosk.test('asking-away').waitFor()
      await kiosk.page.unrouteAll({ behavior: 'ignoreErrors' })
      await kiosk.page.reload()
      expect(await kiosk.number()).to.equal('D001')
      expect(await drawn(app)).to.deep.equal(['D001 waiting'])
    })
  })
})
