/** What each step looks like: state in, elements out. */
import { h } from '../kit/element.js'
import { card, offerCard } from './cards.js'
import { checkIn, giveUp, walkIn } from './draw.js'
import { ALL_KEYS, codeKeys, complain, entry } from './keys.js'
import { pairingStep } from './pairing.js'
import { button, heading, home, lead, to } from './parts.js'
import { facts } from './place.js'
import { refusedStep } from './refused.js'
import { state, type Step } from './state.js'
import { ticketStep } from './ticket.js'
import { say } from './words.js'

/** Of booking codes (contract.md). */
const CODE_LENGTH = 8

function startStep(): HTMLElement {
  if (state.isKept) return waitingStep()
  const cards = state.now.services.map(offerCard)
  if (facts.checksIn)
    cards.unshift(
      card({
        name: say('start.booking'),
        hint: say('start.bookingHint'),
        picture: 'calendar',
        test: 'booking',
        press: () => to('code'),
      }),
    )
  return h(
    'div',
    { class: 'kiosk-start', 'data-test': 'start' },
    heading(say('start.heading')),
    cards.length === 0 ? lead(say('start.nothing')) : h('div', { class: 'kiosk-cards' }, ...cards),
    facts.checksIn ? h('p', { class: 'kiosk-foot' }, say('start.scan')) : null,
  )
}

/** Switched on before the server: there is nothing to choose yet. */
const waitingStep = () =>
  h(
    'div',
    { class: 'kiosk-question', 'data-test': 'waiting-for-server' },
    h('div', { class: 'kiosk-busy', 'aria-hidden': 'true' }),
    heading(say('asking.awayHeading')),
    lead(say('waiting')),
  )

export function sendCode(typed: string): void {
  const missing = CODE_LENGTH - typed.replace(/[\s-]/g, '').length
  if (typed === '') return complain('code.empty')
  return missing > 0 ? complain('code.short', { missing }) : checkIn(typed)
}

export function sendNewborn(typed: string): void {
  if (typed === '') complain('newborn.empty')
  else if (state.offer) walkIn(state.offer, { newbornTaxCode: typed })
}

const codeStep = () => entry({ words: 'code', rows: codeKeys(facts.letters), submit: sendCode, foot: [home()] })

const newbornStep = () => entry({ words: 'newborn', rows: ALL_KEYS, submit: sendNewborn, foot: [home()], long: true })

function seniorStep(): HTMLElement {
  const { offer } = state
  const answer = (text: 'senior.yes' | 'senior.no', senior: boolean) =>
    button(say(text), () => offer && walkIn(offer, { senior }), { 'data-test': senior ? 'senior-yes' : 'senior-no' })
  return h(
    'div',
    { class: 'kiosk-question', 'data-test': 'senior' },
    heading(say('senior.heading')),
    lead(say('senior.text')),
    h('div', { class: 'kiosk-answers' }, answer('senior.yes', true), answer('senior.no', false)),
    h('div', { class: 'kiosk-actions' }, home()),
  )
}

const askingStep = () =>
  h(
    'div',
    { class: 'kiosk-question', 'data-test': state.delay ? `asking-${state.delay}` : 'asking' },
    h('div', { class: 'kiosk-busy', 'aria-hidden': 'true' }),
    heading(say(state.delay ? `asking.${state.delay}Heading` : 'asking.heading')),
    lead(say(state.delay ? `asking.${state.delay}Text` : 'asking.text')),
    state.delay
      ? h(
          'div',
          { class: 'kiosk-actions' },
          button(say('asking.giveUp'), giveUp, { class: 'kiosk-button kiosk-button-plain', 'data-test': 'give-up' }),
        )
      : null,
  )

/** By `state.step`. */
export const STEPS: Record<Step, () => HTMLElement> = {
  start: startStep,
  code: codeStep,
  newborn: newbornStep,
  senior: seniorStep,
  asking: askingStep,
  ticket: ticketStep,
  refused: () => (state.refusal ? refusedStep(state.refusal, state.offer) : startStep()),
  pairing: pairingStep,
}
