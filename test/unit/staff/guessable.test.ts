import { expect } from 'chai'
import { guessable } from '../../../src/staff/guessable.js'

describe('what is guessed first (A2)', () => {
  const own = ['Turno', 'ASST Ovest Milanese', 'Legnano', 'mario.rossi', 'Abbiategrasso']
  const common = 'password-common'
  const words = 'password-own-words'
  const cases: [string, string | null][] = [
    ['12345678', common],
    ['Password', common],
    ['qwertyuiop', common],
    ['passwordpassword', common],
    ['password12345678', common],
    ['Password-Password-Password', common],
    ['aaaaaaaaaaaaaaa', common],
    ['123456789012345', common],
    ['abcdefghijklmnop', common],
    [' '.repeat(15), common],
    ['!'.repeat(15), common],
    ['********', common],
    ['ababababababababab', common],
    ['1a1a1a1a1a1a1a1a', common],
    ['asdasdasdasdasd', common],
    ['qwertqwertqwertqwert', common],
    [`${'-'.repeat(14)}a`, common],
    ['legnanolegnano1', words],
    ['Turno-Legnano-2026', words],
    ['ASST Ovest Milanese', words],
    ['asstovestmilanese1', words],
    ['Mario.Rossi.Legnano', words],
    ['rossimario1980!', words],
    ['password-legnano-2026', words],
    ['una password lunga abbastanza', null],
    ['correct horse battery staple', null],
    ['quattro cavalli a Legnano dormono', null],
    ['k#9$xQ!2', null],
    ['è una frase di passo', null],
    ['день за днём дождь идёт', null],
    ['a'.repeat(7) + 'Zu8-pq-w', null],
  ]
  for (const [password, code] of cases)
    it(`${password}: ${code ?? 'will do'}`, () => expect(guessable(password, own)).to.equal(code))

  it('nothing long takes long (T29)', () => {
    const startedMs = performance.now()
    guessable('abcd1234'.repeat(25), own)
    guessable('a'.repeat(200), own)
    expect(performance.now() - startedMs).to.be.below(1000)
  })
})
