/** The days and times that are free, in the form of a booking for somebody else (K10). */
import { timeOf } from '../kit/clock.js'
import { h } from '../kit/element.js'
import { byId, elementOf, find } from '../kit/page.js'
import { faultWords } from './act.js'
import { read } from './api.js'
import { facts } from './facts.js'
import { fieldOf, valueOf } from './field.js'
import { show } from './show.js'
import { state } from './state.js'
import { dayWords } from './time.js'
import { say } from './words.js'

export const form = find(HTMLFormElement, '#book-form')
/** What is wrong with the whole, above the fields. */
export const above = find(HTMLElement, '[data-fault]', form)
const slots = byId('book-slots')
const nearDays = byId('book-days')
const dayField = find(HTMLInputElement, '#book-day')

/** What the API says of free days and times (src/seats). */
interface Day {
  date: string
  free: number
}
interface Slot {
  start: string
  free: number
}

/** How many of the next free days are one press away, and how far they are looked for. */
const NEAR_DAYS = 5
const DAYS_AHEAD = 31
export const value = (name: string): string => valueOf(form, name)
const offer = (): string => `/sites/${facts.site}/services/${value('book-service')}`

export const clearTimes = (): void => show(slots)

/** The first time that may be chosen. */
export const firstFree = (): HTMLElement | null => slots.querySelector<HTMLElement>('input:enabled')

const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10)

export async function loadDays(): Promise<void> {
  const today = state.snapshot?.at.slice(0, 10) ?? facts.today
  try {
    const { days } = await read<{ days: Day[] }>(
      `${offer()}/days?from=${today}&to=${addDays(today, DAYS_AHEAD)}&persons=${value('book-persons')}`,
    )
    const free = days.filter((day) => day.free > 0).slice(0, NEAR_DAYS)
    show(nearDays, ...free.map(dayButton))
    if (value('book-day') === '' && free[0]) dayField.value = free[0].date
  } catch (fault) {
    above.textContent = faultWords(fault)
  }
  await loadSlots()
}

const dayButton = ({ date, free }: Day): HTMLElement =>
  h(
    'button.tag-button',
    { type: 'button', 'data-day': date, 'data-test': `day-${date}` },
    `${dayWords(date)} · ${say('book.free', { count: free })}`,
  )

async function loadSlots(): Promise<void> {
  const date = value('book-day')
  if (date === '') return show(slots)
  try {
    const { slots: found, reason } = await read<{ slots: Slot[]; reason: { text: string } | null }>(
      `${offer()}/slots?date=${date}&persons=${value('book-persons')}`,
    )
    const none = h('p.soft', { 'data-test': 'no-slots' }, reason?.text ?? say('book.noSlots'))
    show(slots, ...(found.length > 0 ? found.map(slotOption) : [none]))
  } catch (fault) {
    above.textContent = faultWords(fault)
  }
}

const slotOption = ({ start, free }: Slot): HTMLElement =>
  h(
    'label.slot',
    { 'data-key': start },
    h('input', { type: 'radio', name: 'start', value: start, disabled: free === 0 }),
    h(
      'span',
      {},
      h('strong', {}, timeOf(start)),
      ` ${free === 0 ? say('book.full') : say('book.free', { count: free })}`,
    ),
  )

/** Other days, services and numbers of persons have other times. */
export function followTimes(): void {
  dayField.addEventListener('change', () => void loadSlots())
  for (const name of ['book-service', 'book-persons'])
    fieldOf(form, name)?.addEventListener('change', () => void loadDays())
  nearDays.addEventListener('click', (event) => {
    const { day } = elementOf(event)?.closest<HTMLElement>('[data-day]')?.dataset ?? {}
    if (!day) return
    dayField.value = day
    void loadSlots()
  })
}
