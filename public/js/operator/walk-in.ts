import { find, part } from '../kit/page.js'
import { act, faultWords } from './act.js'
import { press, Refused } from './api.js'
import { type Given, problemOf, whenWords } from './arrivals.js'
import { facts } from './facts.js'
import { type Faults, fieldOf, valueOf } from './field.js'
import { set } from './state.js'
import { say } from './words.js'

const dialog = find(HTMLDialogElement, '#walk-in')
const form = find(HTMLFormElement, '#walk-in-form')
const fault = find(HTMLElement, '[data-fault]', dialog)

const box = (name: 'senior' | 'urgent' | 'override'): HTMLInputElement => find(HTMLInputElement, `[name=${name}]`, form)
const newborn = find(HTMLInputElement, '[name=newborn]', form)
const chosenService = (): HTMLInputElement | null => form.querySelector('input[name=service]:checked')

/** What the walk-in form says, as the API wants it; a sentence by field for what is missing. */
function readForm() {
  const faults: Faults = {}
  const because = (name: 'urgent' | 'override') => {
    if (!box(name).checked) return null
    const reason = valueOf(form, `${name}Reason`)
    if (reason === '') faults[`${name}Reason`] = say('ask.needed')
    return { reason }
  }
  const service = valueOf(form, 'service')
  const body = {
    service,
    newbornTaxCode: newborn.value.trim() || null,
    senior: box('senior').checked,
    urgent: because('urgent'),
    override: because('override'),
  }
  return { body, faults, missing: service === '' ? say('arrivals.service') : null }
}

/** Only what the chosen service and the ticked boxes ask for. */
function unfold(): void {
  const chosen = chosenService()
  const parts = {
    newborn: Boolean(chosen?.matches('[data-newborn]')),
    senior: Boolean(chosen?.matches('[data-senior]')),
    urgent: box('urgent').checked,
    override: box('override').checked,
  }
  for (const [name, isShown] of Object.entries(parts)) part(name, dialog).hidden = !isShown
  if (!parts.newborn) newborn.value = ''
  if (!parts.senior) box('senior').checked = false
}

/** @param faults by field */
function showFaults(faults: Faults, above: string | null): void {
  fault.textContent = above ?? ''
  for (const place of dialog.querySelectorAll('.field-error')) {
    const name = place.id.replace('-error', '')
    place.textContent = faults[name] ?? ''
    const field = fieldOf(form, name)
    if (faults[name]) field?.setAttribute('aria-invalid', 'true')
    else field?.removeAttribute('aria-invalid')
  }
  const first = Object.keys(faults)[0]
  if (first) fieldOf(form, first)?.focus()
}

async function giveTicket(event: Event): Promise<void> {
  event.preventDefault()
  const { body, faults, missing } = readForm()
  showFaults(faults, missing)
  if (missing || Object.keys(faults).length > 0) return
  let refusal: unknown = null
  const isGiven = await act(async () => {
    try {
      const { ticket } = await press<Given>(`/sites/${facts.site}/walk-ins`, body)
      return { text: say('said.issued', ticket), issued: ticket }
    } catch (cause) {
      refusal = cause
      throw cause
    }
  })
  if (isGiven) dialog.close()
  else if (refusal) showRefusal(refusal)
}

function showRefusal(refusal: unknown): void {
  set({ message: null })
  const { code: why = '', opensAt } = problemOf(refusal)
  const isOfChild = ['newborn-tax-code-required', 'not-a-newborn', 'invalid'].includes(why)
  const words =
    refusal instanceof Refused ? (refusal.problem.errors?.[0]?.message ?? faultWords(refusal)) : faultWords(refusal)
  if (isOfChild) return showFaults({ newborn: words }, null)
  const when = typeof opensAt === 'string' ? whenWords(opensAt) : null
  showFaults({}, when ? `${words} ${say('arrivals.opensAt', { when })}` : words)
}

/** A new number: the form is empty each time. */
export function openWalkIn(): void {
  form.reset()
  showFaults({}, null)
  unfold()
  dialog.showModal()
}

/** Listens to the form of walk-ins. */
export function takeWalkIns(): void {
  form.addEventListener('change', unfold)
  form.addEventListener('submit', (event) => void giveTicket(event))
}
