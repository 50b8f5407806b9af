import { expect } from 'chai'
import { AuditRecordEntity } from '../../../src/audit/index.js'
import { recordChange } from '../../../src/audit/record-change.js'
import { at, booked } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { scene } from './scene.js'

/** A code in the ways in which it is read aloud, copied and pasted. */
const spellings = (code: string): string[] => [
  code,
  code.toLowerCase(),
  `${code.slice(0, 4)} ${code.slice(4)}`,
  `${code.slice(0, 4)}-${code.slice(4)}`,
  [...code].join(' '),
  [...code.toLowerCase()].join('. '),
  `${code.slice(0, 2)}–${code.slice(2, 5)}–${code.slice(5)}`,
  `\u202a${code}\u202c`,
]

describe('codes of bookings in what staff write (A3)', () => {
  forEachEngine((engine) => {
    const s = scene(engine)
    let codes: string[]
    before(async () => {
      const [one, two] = [s.person(), s.person()]
      const day = s.day()
      codes = [one, two].map(() => '')
      for (const [n, person] of [one, two].entries())
        codes[n] = (await booked(s.app, person, { start: at('08:30', day) })).code
    })

    const kept = async (reason: string): Promise<string> => {
      const subjectId = `test-${Math.random()}`
      const change = { at: s.app.clock(), who: 'giulia', what: 'test', subjectKind: 'ticket', subjectId } as const
      await s.app.unitOfWork.run((tx) => recordChange(tx, { ...change, reason }))
      const { manager } = s.app.database.dataSource
      const record = await manager.findOneByOrFail(AuditRecordEntity, { subjectId })
      return record.reason ?? ''
    }

    it('are masked, however they are spelled, and how many there are', async () => {
      const [one = '', two = ''] = codes
      for (const spelled of spellings(one)) {
        const text = await kept(`dice: ${spelled}, e anche (${two}).`)
        expect(text).to.match(/^dice: .*\[codice prenotazione\].*, e anche \(\[codice prenotazione\]\)\.$/u)
        expect(text.toUpperCase().replace(/[^A-Z0-9]/g, ''))
          .not.to.include(one)
          .and.not.to.include(two)
      }
    })

    it('words of the same letters, and codes that nobody has, stay', async () => {
      for (const text of ['mancante, attendere', 'tessera AAAAAAAA', 'viene anche per il figlio alle 10:30'])
        expect(await kept(text)).to.equal(text)
    })

    it('long texts take no time (T29)', async () => {
      for (const piece of ['A', 'a ', 'A-', '3']) {
        const startedMs = performance.now()
        await kept(piece.repeat(2000))
        expect(performance.now() - startedMs, piece).to.be.below(500)
      }
    })
  })
})
