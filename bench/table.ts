import type { Arm } from './protocol.js'

/** One comparison: answers a second of each round, by arm. */
export interface Measured {
  title: string
  goal: number | null
  perSecond: Record<Arm, number[]>
  p99Ms: Record<Arm, number[]>
  /** Processor time of the server process for one answer, microseconds. */
  cpuUs: Record<Arm, number[]>
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

const number = (value: number): string => Math.round(value).toLocaleString('en-US')

const spread = (values: readonly number[], show: (value: number) => string): string =>
  `${show(median(values))} (${show(Math.min(...values))}–${show(Math.max(...values))})`

/** The ratio of each round, ours to the bare route measured next to it. */
const ratios = ({ perSecond }: Measured): number[] =>
  perSecond.ours.map((ours, i) => ours / (perSecond.bare[i] ?? Number.NaN))

const both = ({ ours, bare }: Record<Arm, number[]>): string =>
  [ours, bare]
    .filter(({ length }) => length > 0)
    .map((values) => number(median(values)))
    .join(' / ')

const row = (measured: Measured): string => {
  const { title, goal, perSecond, p99Ms, cpuUs } = measured
  const hasBare = perSecond.bare.length > 0
  const ratio = median(ratios(measured))
  const verdict = goal === null ? '' : ratio >= goal ? `≥ ${goal}: yes` : `≥ ${goal}: no`
  const cells = [
    title,
    spread(perSecond.ours, number),
    hasBare ? spread(perSecond.bare, number) : '',
    hasBare
      ? `**${ratio.toFixed(2)}** (${spread(ratios(measured), (value) => value.toFixed(2)).replace(/^.*\(/, '')}`
      : '',
    verdict,
    both(p99Ms),
    both(cpuUs),
  ]
  return `| ${cells.join(' | ')} |`
}

/** Medians with the least and the most, in Markdown. */
export const table = (all: readonly Measured[]): string =>
  [
    '| | Turno, answers/s | bare route, answers/s | ratio | goal | p99, ms | CPU an answer, µs |',
    '|---|---|---|---|---|---|---|',
    ...all.map(row),
  ].join('\n')
