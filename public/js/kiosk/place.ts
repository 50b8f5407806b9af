/** The page's parts, and what the server has said of the site. */
import type { KioskFacts } from '../../../src/kiosk/kiosk.shape.js'
import { find } from '../kit/page.js'

const root = find(HTMLElement, '[data-kiosk]')

export const facts = JSON.parse(root.dataset.kiosk ?? '') as KioskFacts

/** A picture of Bootstrap Italia's sprite, beside a text. */
export function icon(name: string): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', 'icon kiosk-icon')
  svg.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use')
  use.setAttribute('href', `${root.dataset.icons}#it-${name}`)
  svg.append(use)
  return svg
}
