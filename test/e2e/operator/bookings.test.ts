import { expect } from 'chai'
import { BookingEntity } from '../../../src/bookings/index.js'
import { OutboxEntity } from '../../../src/platform/mail/outbox.entity.js'
import { taxCodeOf, THE_DAY } from '../../support/builders.js'
import { at } from '../../support/crowd.js'
import { freeAt } from '../bookings.js'
import { inBrowser } from '../in-browser.js'
import type { Console } from '../pages/operator.js'
import { Morning } from './morning.js'

inBrowser('the bookings of the day', () => {
  let morning: Morning
  let desk: Console
  before(async () => {
    morning = await Morning.begin()
    desk = await morning.openConsole()
    await desk.press('bookings')
    await desk.sees(desk.test('bookings-count'), desk.word('bookings.count', { count: 6 }))
  })
  after(async () => {
    await desk.visit.end()
    await morning.end()
  })

  const found = () => desk.test('bookings-list').locator('.line-name').allInnerTexts()
  const field = (id: string) => desk.page.locator(`#${id}`)
  const send = () => desk.test('send-booking').click()

  /** A visitor in the form. @param n a codice fiscale of their own */
  const fill = async (n: number) => {
    await field('firstName').fill('Nicolò')
    await field('lastName').fill("D'Angelo-Müller")
    await field('taxCode').fill(taxCodeOf(n))
    await field('email').fill(`desk-${n}@example.org`)
    await field('comune').selectOption('015118')
  }
  const open = async () => {
    await desk.test('book').click()
    // Not the line for faults, which is empty.
    expect(await desk.page.locator(':focus').getAttribute('id')).to.equal('book-service')
    await desk.test(`day-${THE_DAY}`).waitFor()
    await desk.page.locator('#book-slots input').first().waitFor()
  }

  it('are found by surname however it is typed, and by code', async () => {
    expect(await found()).to.have.length(6)
    for (const [typed, name] of [
      ['dangelo', "D'Angelo-Müller Nicolò"],
      ['D’ANGELO MUL', "D'Angelo-Müller Nicolò"],
      ['orsi', 'Òrsi Maria Grazia'],
      [morning.codes[3]?.slice(0, 5).toLowerCase() ?? '', 'El Sayed Ahmed'],
    ] as const) {
      await desk.test('search').fill(typed)
      await desk.sees(desk.test('bookings-count'), desk.word('bookings.count', { count: 1 }))
      expect(await found(), typed).to.deep.equal([name])
    }
    await desk.test('search').fill('nessuno così')
    await desk.sees(desk.test('bookings-count'), 'nessuno così')
    await desk.test('search').fill('')
  })

  it('a mail that did not arrive is in plain sight with its cause (L4, case K20)', async () => {
    const became = (who: number, part: Partial<OutboxEntity>) =>
      morning.app.unitOfWork.run(async ({ em }) => {
        const { id } = await em.findOneByOrFail(BookingEntity, { code: morning.codes[who] ?? '' })
        await em.update(OutboxEntity, { subjectId: id }, part)
      })
    const triedAt = new Date(at('09:01'))
    await became(1, { state: 'failed', cause: '550 No such user here', triedAt })
    await became(2, { state: 'skipped', cause: 'superseded', triedAt })
    await desk.test('bookings-day').fill('2026-11-25')
    await desk.test('bookings-day').fill(THE_DAY)
    const failed = desk.test('message-confirmed-failed', desk.test(`booking-${morning.codes[1]}`))
    await desk.sees(failed, 'e-mail NON consegnata (9:01)')
    await desk.sees(failed, 'Il server di posta ha risposto: «550 No such user here»')
    const skipped = desk.test('message-confirmed-skipped', desk.test(`booking-${morning.codes[2]}`))
    await desk.sees(skipped, 'la prenotazione era già cambiata')
  })

  it('who is there is checked in from the list (W1)', async () => {
    const row = desk.test(`booking-${morning.codes[0]}`)
    await desk.test('booking-arrived', row).click()
    await desk.said('issued', { number: 'P001' })
    await desk.sees(row, desk.word('bookings.status.arrived'))
    await desk.test('booking-arrived', row).waitFor({ state: 'detached' })
  })

  it('are cancelled with a reason, and the seat is free (K7, K10)', async () => {
    const free = (await freeAt(morning.app, at('11:00'))) ?? 0
    const row = desk.test(`booking-${morning.codes[5]}`)
    await desk.test('booking-cancel', row).click()
    await desk.because('lo chiede al telefono')
    await desk.said('cancelled', { code: morning.codes[5] })
    await desk.sees(row, desk.word('bookings.status.cancelled'))
    expect(await freeAt(morning.app, at('11:00'))).to.equal(free + 1)
  })

  it('on somebody’s behalf: faults are said at their fields in words, then it is booked (K10)', async () => {
    await open()
    await send()
    await desk.sees(field('start-error'), desk.word('book.needSlot'))
    await desk.page.locator(`#book-slots input[value="${at('11:30')}"]`).check()
    await fill(60)
    await field('taxCode').fill('GLABNC72H25H501Y')
    await field('email').fill('nicolò@example')
    await send()
    await desk.sees(field('taxCode-error'), 'errore di battitura')
    await desk.sees(field('email-error'), 'indirizzo e-mail')
    expect(await field('taxCode').getAttribute('aria-invalid')).to.equal('true')
    expect(await field('firstName').inputValue()).to.equal('Nicolò')
    await fill(60)
    await field('lastName').press('Enter')
    await desk.page.locator('#book').waitFor({ state: 'hidden' })
    await desk.sees(desk.test('said'), /Prenotato: [A-Z0-9]{8}, mar 24 nov, 11:30/)
    await desk.sees(desk.test('bookings-count'), desk.word('bookings.count', { count: 7 }))
    desk.visit.forgive(/^(422 for|console: .* 422 )/)
  })

  it('a second one of the same person is refused, and made with a reason (K5, K10)', async () => {
    await open()
    await desk.page.locator(`#book-slots input[value="${at('12:00')}"]`).check()
    await fill(60)
    await send()
    await desk.sees(desk.test('book-fault'), 'già una prenotazione attiva')
    desk.visit.forgive(/^(409 for|console: .* 409 )/)
    await desk.test('beyond').check()
    await send()
    await desk.sees(field('reason-error'), desk.word('book.needReason'))
    await field('reason').fill('viene anche per il figlio')
    await send()
    await desk.sees(desk.test('said'), /Prenotato: [A-Z0-9]{8}, mar 24 nov, 12:00/)
  })

  it('a time too near for citizens is booked by hand with a reason; one that is not offered never (K1, S6)', async () => {
    await open()
    expect(await desk.page.locator(`#book-slots input[value="${at('09:45')}"]`).count()).to.equal(0)
    await fill(61)
    await desk.test('beyond').check()
    await field('reason').fill('è qui davanti')
    await field('time').fill('09:50')
    await send()
    await desk.sees(desk.test('book-fault'), 'non è prenotabile')
    desk.visit.forgive(/^(422 for|console: .* 422 )/)
    await field('time').fill('09:45')
    await send()
    await desk.sees(desk.test('said'), /Prenotato: [A-Z0-9]{8}, mar 24 nov, 9:45/)
  })

  it('of another day are seen, and cannot arrive today', async () => {
    await desk.test('bookings-day').fill('2026-11-25')
    await desk.sees(desk.test('bookings-count'), desk.word('bookings.count_zero'))
    await desk.test('bookings-day').fill(THE_DAY)
    await desk.sees(desk.test('bookings-count'), desk.word('bookings.count', { count: 9 }))
  })
})
