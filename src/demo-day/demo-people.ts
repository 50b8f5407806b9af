import type { LocalDay } from '../kernel/local-day.js'
import { checkLetter } from '../visitors/index.js'

/** Nobody's names: the demo's people are numbers in words. */
const NAMES = ['Uno', 'Due', 'Tre', 'Quattro', 'Cinque', 'Sei', 'Sette', 'Otto', 'Nove', 'Dieci', 'Undici', 'Dodici']
const LEGNANO = { istat: '015118', cadastral: 'E514' }
const MONTHS = 'ABCDEHLMPRST'
const CONSONANTS = 'BCDFGLMNPRSTVZ'

/** What `POST /sites/{site}/bookings` asks of a visitor; `run` and `number` together are one person. */
export function demoVisitor(run: number, number: number): object {
  const digits = String(run * 1000 + number)
    .padStart(13, '0')
    .slice(-13)
  return {
    firstName: 'Prova',
    lastName: NAMES[number % NAMES.length],
    // An STP code belongs to nobody by its form alone, a codice fiscale might.
    taxCode: `STP${digits}`,
    email: `prova-${run}-${number}@example.org`,
    comune: LEGNANO.istat,
  }
}

/** A child's codice fiscale in good form, born on `bornOn`. */
export function demoNewborn(bornOn: LocalDay, number: number): string {
  const [year = '', month = '', day = ''] = bornOn.split('-')
  const letter = (place: number) => CONSONANTS[Math.floor(number / CONSONANTS.length ** place) % CONSONANTS.length]
  const code = `PRV${letter(0)}${letter(1)}${letter(2)}${year.slice(2)}${MONTHS[Number(month) - 1]}${day}${LEGNANO.cadastral}`
  return code + checkLetter(code)
}
