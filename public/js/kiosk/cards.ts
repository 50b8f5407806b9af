/** What the start offers, and where each choice leads. */
import type { WalkInsNow } from '../../../src/queue/queue.shape.js'
import { h } from '../kit/element.js'
import { walkIn } from './draw.js'
import { to } from './parts.js'
import { icon } from './place.js'
import type { Offer, Refusal } from './state.js'
import { offerWords, opensWords, say } from './words.js'

const CARD_ICONS: Record<string, string> = { N: 'user', D: 'pa', R: 'box' }

interface Card {
  name: string
  hint: string
  picture: string
  press: () => void
  test: string
  isClosed?: boolean
}

export const card = ({ name, hint, picture, press, test, isClosed = false }: Card) =>
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

export function offerCard(offer: WalkInsNow['services'][number]): HTMLElement {
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

export function choose(offer: Offer): void {
  const { open, reason, opensAt = null, lane, seniorFirst } = offer
  const refusal: Refusal = { key: reason === 'quota-reached' ? 'quota' : 'window', opensAt, back: null }
  if (!open) return to('refused', { offer, refusal })
  if (lane === 'N') return to('newborn', { offer })
  if (seniorFirst) return to('senior', { offer })
  return walkIn(offer)
}
