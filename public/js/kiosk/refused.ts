/** Why no number was given, and what to do instead. */
import { timeOf } from '../kit/clock.js'
import { h } from '../kit/element.js'
import { choose } from './cards.js'
import { button, heading, home, lead, to } from './parts.js'
import { type Offer, type Refusal, state } from './state.js'
import { dayOf, offerWords, opensWords, say } from './words.js'

/** The sentence of a refusal. */
function refusedText({ key, start = '', site, opensAt = null }: Refusal): string {
  const service = state.offer ? offerWords(state.offer).name : ''
  if (key === 'wrongDay') {
    const isPast = Date.parse(start) < Date.parse(state.now.at)
    return say(`refused.wrongDay.${isPast ? 'past' : 'text'}`, { day: dayOf(start), time: timeOf(start) })
  }
  if (key === 'wrongSite') return say('refused.wrongSite.text', { site: site?.name, address: site?.address })
  if (key === 'window' && !opensAt) return say('refused.window.unknown', { service })
  if (key === 'afterClosing') return say('refused.afterClosing.text', { opens: opensWords(opensAt) })
  const opens = key === 'window' ? lowerFirst(opensWords(opensAt)) : ''
  return say(`refused.${key}.text`, { service, opens })
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

export function refusedStep(refusal: Refusal, offer: Offer | null): HTMLElement {
  const { key, back, typed = '' } = refusal
  const isTransient = key === 'gaveUp' || key === 'other'
  const again = () => {
    if (back) to(back, { offer, typed })
    else if (offer) choose(offer)
  }
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
