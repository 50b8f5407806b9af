import { ARMS, type Arm, type Kind } from './protocol.js'

type Series = Record<Arm, number[]>

/** One comparison: of each round, by arm. */
export interface Measured {
  kind: Kind
  engine: string
  title: string
  goal: number | null
  /** Answers a second. */
  perSecond: Series
  p50Ms: Series
  p99Ms: Series
  /** Processor time of the server process for one answer, microseconds. */
  cpuUs: Series
}

export const none = (): Series => Object.fromEntries(ARMS.map((arm) => [arm, [] as number[]])) as Series

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

const number = (value: number): string => Math.round(value).toLocaleString('en-US')

const spread = (values: readonly number[], show: (value: number) => string): string =>
  `${show(median(values))} (${show(Math.min(...values))}–${show(Math.max(...values))})`

/** The ratio of each round, ours to the arm measured next to it. */
const ratios = ({ perSecond }: Measured, arm: Arm): number[] =>
  perSecond.ours.map((ours, i) => ours / (perSecond[arm][i] ?? Number.NaN))

const all = (series: Series): string =>
  ARMS.map((arm) => series[arm])
    .filter(({ length }) => length > 0)
    .map((values) => number(median(values)))
    .join(' / ')

/** `523 (490–560) → 0.81 (0.75–0.90)`: its answers a second, and ours of them. */
function compared(measured: Measured, arm: Arm): string {
  if (measured.perSecond[arm].length === 0) return ''
  const share = spread(ratios(measured, arm), (value) => value.toFixed(2))
  return `${spread(measured.perSecond[arm], number)} → **${share.replace(' ', '** ')}`
}

function verdict({ goal, kind, perSecond, p50Ms }: Measured, ratio: number): string {
  if (kind === 'displays') {
    const [ours, bare] = [median(p50Ms.ours), median(p50Ms.bare)]
    return `≤ 60 ms: ${ours <= 60 ? 'yes' : 'no'}; ≤ 1.5 × bare: ${ours <= 1.5 * bare ? 'yes' : 'no'}`
  }
  if (goal === null || perSecond.bare.length === 0) return ''
  return `≥ ${goal}: ${ratio >= goal ? 'yes' : 'no'}`
}

const row = (measured: Measured): string => {
  const { title, perSecond, p50Ms, p99Ms, cpuUs } = measured
  const cells = [
    title,
    spread(perSecond.ours, number),
    compared(measured, 'bare'),
    compared(measured, perSecond.few.length > 0 ? 'few' : 'plain'),
    verdict(measured, median(ratios(measured, 'bare'))),
    all(p50Ms),
    all(p99Ms),
    all(cpuUs),
  ]
  return `| ${cells.join(' | ')} |`
}

/** Medians with the least and the most, in Markdown. */
export const table = (measured: readonly Measured[]): string =>
  [
    '| | Turno, answers/s | bare route → ours of it | few round trips, or no Express → ours of it | goal | p50, ms | p99, ms | CPU an answer, µs |',
    '|---|---|---|---|---|---|---|---|',
    ...measured.map(row),
  ].join('\n')
