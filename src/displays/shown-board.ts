import type { Board } from '../queue/index.js'

/** One call as a screen shows it. */
export interface ShownCall {
  number: string
  /** The counter's name without the word for it. */
  counter: string
  /** Names that are no numbers get smaller letters. */
  length: 'short' | 'medium' | 'long'
  times: number
  /** `9:41` */
  time: string
}

/** The board as the server puts it into the page, for browsers that cannot follow it (public/js/display/draw.ts does). */
export interface ShownBoard {
  call: ShownCall | null
  /** The last call was a moment ago; else it is only the last one. */
  isNow: boolean
  others: ShownCall[]
  waiting: Board['waiting']
  /** `9:41`, when it was so. */
  time: string
}

/** As on the screen that draws itself. */
const NOW_MS = 120_000
const OTHERS = 6

export function shownBoard({ calls, waiting, at }: Board): ShownBoard {
  const [newest] = calls
  return {
    call: newest ? shown(newest) : null,
    isNow: newest === undefined || Date.parse(at) - Date.parse(newest.calledAt) < NOW_MS,
    others: calls.slice(1, OTHERS + 1).map(shown),
    waiting,
    time: timeOf(at),
  }
}

function shown({ number, counter: name, calledAt, times }: Board['calls'][number]): ShownCall {
  const counter = name.replace(/^(sportello|counter)\s+/i, '')
  const length = counter.length <= 2 ? 'short' : counter.length <= 8 ? 'medium' : 'long'
  return { number, counter, length, times, time: timeOf(calledAt) }
}

/** The site's own time, as the board writes it. */
const timeOf = (text: string): string => text.slice(11, 16)
