/** What each step looks like: state in, elements out. */
import { checkIn, giveUp, walkIn } from './draw.js'
import { ALL_KEYS, codeKeys, complain, entry } from './keys.js'
import { pairingStep } from './pairing.js'
import { facts, h, icon } from './place.js'
import { go, reset, state } from './state.js'
import { ticketStep } from './ticket.js'
import { dayOf, offerWords, opensWords, say, timeOf } from './words.js'

/** Of booking codes (contract.md). */
const CODE_LENGTH = 8
const CARD_ICONS = { N: 'user', D: 'pa', R: 'box' }

const heading = (text) => h('h1', { tabindex: '-1' }, text)
const lead = (text) => h('p', { class: 'kiosk-lead' }, text)

const button = (text, press, props = {}) =>
  h('button', { type: 'button', class: 'kiosk-button', onclick: press, ...props }, text)

const home = () => button(say('home'), reset, { class: 'kiosk-button kiosk-button-plain', 'data-test': 'home' })

const to = (step, change = {}) => go(step, { lang: state.lang, ...change })

const card = ({ name, hint, picture, press, test, isClosed = false }) =>
  h(
    'button',
    {
      type: 'button',
      class: `kiosk-card${isClosed ? ' kiosk-card-closed' : ''}`,
      onclick: press,
      'data-test': test,
    },
    icon(picture),
    h(
      'span',
      { class: 'kiosk-card-text' },
      h('span', { class: 'kiosk-card-name' }, name),
      h('span', { class: 'kiosk-card-hint' }, hint),
    ),
  )

function startStep() {
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

function offerCard(offer) {
  const { name, hint } = offerWords(offer)
  const { open, reason, opensAt, id, lane } = offer
  const closed = reason === 'quota-reached' ? say('opens.full') : opensWords(opensAt)
  return card({
    name,
    hint: open ? hint : closed,
    picture: CARD_ICONS[lane] ?? 'pa',
    test: `offer-${id}`,
    isClosed: !open,
    press: () => choose(offer),
  })
}

function choose(offer) {
  const { open, reason, opensAt, lane, seniorFirst } = offer
  const refusal = { key: reason === 'quota-reached' ? 'quota' : 'window', opensAt, back: null }
  if (!open) return to('refused', { offer, refusal })
  if (lane === 'N') return to('newborn', { offer })
  if (seniorFirst) return to('senior', { offer })
  return walkIn(offer)
}

export function sendCode(typed) {
  const missing = CODE_LENGTH - typed.replace(/[\s-]/g, '').length
  if (typed === '') return complain('code.empty')
  return missing > 0 ? complain('code.short', { missing }) : checkIn(typed)
}

export const sendNewborn = (typed) =>
  typed === '' ? complain('newborn.empty') : walkIn(state.offer, { newbornTaxCode: typed })

const codeStep = () => entry({ words: 'code', rows: codeKeys(facts.letters), submit: sendCode, foot: [home()] })

const newbornStep = () => entry({ words: 'newborn', rows: ALL_KEYS, submit: sendNewborn, foot: [home()], long: true })

function seniorStep() {
  const { offer } = state
  const answer = (text, senior) =>
    button(say(text), () => walkIn(offer, { senior }), { 'data-test': senior ? 'senior-yes' : 'senior-no' })
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

/** The sentence of a refusal. */
function refusedText({ key, start, site, opensAt }) {
  const service = state.offer ? offerWords(state.offer).name : ''
  if (key === 'wrongDay') {
    const isPast = Date.parse(start) < Date.parse(state.now.at)
    return say(`refused.wrongDay.${isPast ? 'past' : 'text'}`, { day: dayOf(start), time: timeOf(start) })
  }
  if (key === 'wrongSite') return say('refused.wrongSite.text', { site: site.name, address: site.address })
  if (key === 'window' && !opensAt) return say('refused.window.unknown', { service })
  if (key === 'afterClosing') return say('refused.afterClosing.text', { opens: opensWords(opensAt) })
  const opens = key === 'window' ? lowerFirst(opensWords(opensAt)) : ''
  return say(`refused.${key}.text`, { service, opens })
}

const lowerFirst = (text) => text.charAt(0).toLowerCase() + text.slice(1)

function refusedStep() {
  const { refusal, offer } = state
  const { key, back, typed } = refusal
  const isTransient = key === 'gaveUp' || key === 'other'
  const again = () => (back ? to(back, { offer, typed }) : choose(offer))
  const other = () => to('code')
  const next =
    isTransient && (back || offer)
      ? button(say('refused.retry'), again, { 'data-test': 'retry' })
      : back === 'code'
        ? button(say('refused.otherCode'), other, { 'data-test': 'other-code' })
        : null
  return h(
    'div',
    { class: 'kiosk-question', 'data-test': 'refused', 'data-refusal': key },
    heading(say(`refused.${key}.heading`)),
    lead(refusedText(refusal)),
    h('p', { class: 'kiosk-foot' }, say('staff')),
    h('div', { class: 'kiosk-actions' }, home(), ...(next ? [next] : [])),
  )
}

/** By `state.step`. */
export const STEPS = {
  start: startStep,
  code: codeStep,
  newborn: newbornStep,
  senior: seniorStep,
  asking: askingStep,
  ticket: ticketStep,
  refused: refusedStep,
  pairing: pairingStep,
}
