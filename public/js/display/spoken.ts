const ONES =
  'zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove'.split(
    ' ',
  )
const TENS = ['', '', 'venti', 'trenta', 'quaranta', 'cinquanta', 'sessanta', 'settanta', 'ottanta', 'novanta']

const one = (number: number): string => ONES[number] ?? String(number)

/** A number in Italian words, 0 to 999: `dodici`, `centotré`; larger ones stay digits, which voices read too. */
export function inWords(number: number): string {
  if (number < 20) return one(number)
  if (number < 100) return belowHundred(number)
  if (number > 999) return String(number)
  const [hundreds, rest] = [Math.floor(number / 100), number % 100]
  const hundred = `${hundreds === 1 ? '' : one(hundreds)}cento`
  if (rest === 0) return hundred
  const more = rest === 3 ? 'tré' : inWords(rest)
  return (more.startsWith('ott') ? hundred.slice(0, -1) : hundred) + more
}

function belowHundred(number: number): string {
  const [ten, rest] = [TENS[Math.floor(number / 10)] ?? '', number % 10]
  if (rest === 0) return ten
  // ventuno, ventotto: the ten loses its vowel before another; ventitré has its accent.
  const stem = rest === 1 || rest === 8 ? ten.slice(0, -1) : ten
  return stem + (rest === 3 ? 'tré' : one(rest))
}

/** Names such as `Sportello 3` bring the word along. */
const WORD = /^(sportello|counter)\s+/i

/** The name of a counter as it follows the word for it. */
export const bareCounter = (counter: string): string => counter.replace(WORD, '')

/** What the voice says of a call: `Numero P dodici, sportello tre.` */
export function spokenCall({ number, counter }: { number: string; counter: string }): string {
  const [, lane = '', digits = ''] = /^(\D*)(\d+)$/.exec(number) ?? []
  const said = digits === '' ? number : `${lane} ${inWords(Number(digits))}`
  const name = bareCounter(counter)
  return `Numero ${said}, sportello ${/^\d+$/.test(name) ? inWords(Number(name)) : name}.`
}
