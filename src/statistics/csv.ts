import type { Figures, Spread } from './figures.js'

/** The only sign in front of a cell that spreadsheets do not take for the beginning of a formula (T41). */
const DANGEROUS = /^[=+\-@\t\r]/

type Cell = string | number | null

/** RFC 4180, with the decimal comma of those who read it. Numbers are never negative here. */
function cell(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value).replace('.', ',')
  const text = DANGEROUS.test(value) ? `'${value}` : value
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A row's columns after `date`, `scope`, `id` and `name`: those that a scope does not have are empty. */
interface Row {
  scope: 'all' | 'lane' | 'service' | 'counter'
  id?: string
  name?: string
  values: Partial<Record<Column, number | null>>
}

const COLUMNS = [
  'issued',
  'walkIns',
  'arrived',
  'served',
  'left',
  'missed',
  'closed',
  'open',
  'calls',
  'waitCount',
  'waitMean',
  'waitMedian',
  'waitP90',
  'serviceCount',
  'serviceMean',
  'serviceMedian',
  'serviceP90',
  'booked',
  'bookingsArrived',
  'bookingsServed',
  'noShow',
  'cancelled',
  'seatsOffered',
  'seatsUsed',
  'seatsUsedPercent',
] as const
type Column = (typeof COLUMNS)[number]

const waits = ({ count, mean, median, p90 }: Spread) => ({
  waitCount: count,
  waitMean: mean,
  waitMedian: median,
  waitP90: p90,
})

const times = ({ count, mean, median, p90 }: Spread) => ({
  serviceCount: count,
  serviceMean: mean,
  serviceMedian: median,
  serviceP90: p90,
})

type Part = Pick<Figures, 'tickets' | 'waitMinutes' | 'serviceMinutes'> & Partial<Pick<Figures, 'bookings'>>

const partValues = ({ tickets, waitMinutes, serviceMinutes, bookings }: Part): Row['values'] => ({
  ...tickets,
  ...waits(waitMinutes),
  ...times(serviceMinutes),
  ...(bookings && {
    booked: bookings.booked,
    bookingsArrived: bookings.arrived,
    bookingsServed: bookings.served,
    noShow: bookings.noShow,
    cancelled: bookings.cancelled,
  }),
})

function rowsOf(figures: Figures): Row[] {
  const { seats, lanes, services, counters } = figures
  const all = { seatsOffered: seats.offered, seatsUsed: seats.used, seatsUsedPercent: seats.usedPercent }
  return [
    { scope: 'all', values: { ...partValues(figures), ...all } },
    ...lanes.map(({ lane, ...rest }): Row => ({ scope: 'lane', id: lane, values: partValues(rest) })),
    ...services.map(({ service, ...rest }): Row => ({ scope: 'service', id: service, values: partValues(rest) })),
    ...counters.map(
      ({ counter, name, calls, served, serviceMinutes }): Row => ({
        scope: 'counter',
        id: counter,
        name,
        values: { calls, served, ...times(serviceMinutes) },
      }),
    ),
  ]
}

/** Spreadsheets read UTF-8 only where it says so. */
const BOM = '\uFEFF'

/**
 * One row for each day and each of its parts, at the end those of all days (`total`). Semicolons and decimal commas: that
 * is what a spreadsheet opens in Italy by a double click.
 */
export function statisticsCsv(days: readonly ({ date: string } & Figures)[], total: Figures): string {
  const lines = [...days, { date: 'total', ...total }].flatMap((figures) =>
    rowsOf(figures).map(({ scope, id = '', name = '', values }) => [
      figures.date,
      scope,
      id,
      name,
      ...COLUMNS.map((column) => values[column] ?? null),
    ]),
  )
  const rows = [['date', 'scope', 'id', 'name', ...COLUMNS], ...lines]
  return BOM + rows.map((row) => `${row.map(cell).join(';')}\r\n`).join('')
}
