import { expect } from 'chai'
import { bareCounter, inWords, spokenCall } from '../../../public/js/display/spoken.js'
import { wallClock } from '../../../public/js/display/wall-clock.js'

describe('what a display says aloud', () => {
  const said: [number: string, counter: string, sentence: string][] = [
    ['P012', '3', 'Numero P dodici, sportello tre.'],
    ['N001', '1', 'Numero N uno, sportello uno.'],
    ['D021', '10', 'Numero D ventuno, sportello dieci.'],
    ['R008', 'Sportello 2', 'Numero R otto, sportello due.'],
    ['P100', 'Ritiro', 'Numero P cento, sportello Ritiro.'],
    ['P1234', '3', 'Numero P 1234, sportello tre.'],
  ]
  for (const [number, counter, sentence] of said)
    it(`${number} at ${counter}: ${sentence}`, () => expect(spokenCall({ number, counter })).to.equal(sentence))

  it('numbers as Italians say them', () => {
    const words: Record<number, string> = {
      0: 'zero',
      16: 'sedici',
      20: 'venti',
      23: 'ventitré',
      28: 'ventotto',
      31: 'trentuno',
      99: 'novantanove',
      101: 'centouno',
      103: 'centotré',
      180: 'centottanta',
      333: 'trecentotrentatré',
      999: 'novecentonovantanove',
    }
    for (const [number, word] of Object.entries(words)) expect(inWords(Number(number)), number).to.equal(word)
    expect(new Set(Array.from({ length: 1000 }, (_, n) => inWords(n))).size).to.equal(1000)
  })

  it('a counter’s name stands alone after its word', () => {
    expect(['3', 'Sportello 3', 'sportello A', 'Ritiro'].map(bareCounter)).to.deep.equal(['3', '3', 'A', 'Ritiro'])
  })
})

describe('the clock of a display', () => {
  it('is the site’s, in its language, before and after a clock change', () => {
    const [it, en] = [
      wallClock({ lang: 'it', timeZone: 'Europe/Rome' }),
      wallClock({ lang: 'en', timeZone: 'Europe/Rome' }),
    ]
    const [before, after] = [Date.parse('2026-10-25T00:59:00Z'), Date.parse('2026-10-25T01:00:00Z')]
    expect(it(before)).to.deep.equal({ time: '02:59', day: 'domenica 25 ottobre' })
    expect(en(after)).to.deep.equal({ time: '02:00', day: 'Sunday 25 October' })
    expect(it(Date.parse('2026-11-23T23:00:00Z')).time).to.equal('00:00')
  })
})
