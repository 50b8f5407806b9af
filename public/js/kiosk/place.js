/** The page's parts, and what the server has said of the site (KioskFacts in src/kiosk/kiosk.pages.ts). */
const root = document.querySelector('[data-kiosk]')

export const facts = JSON.parse(root.dataset.kiosk)

/** @param {string} name of a `data-part` @returns {HTMLElement} */
export const part = (name) => document.querySelector(`[data-part="${name}"]`)

/**
 * An element with its attributes, listeners (`onclick`) and children; text goes in as text.
 * @param {string} tag
 * @param {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} [props] `false`, null and undefined leave the attribute out
 * @param {...(Node | string | null)} children
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue
    if (typeof value === 'function') element.addEventListener(name.slice(2), value)
    else element.setAttribute(name, value === true ? '' : String(value))
  }
  element.append(...children.filter((child) => child !== null))
  return element
}

/** A picture of Bootstrap Italia's sprite, beside a text. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', 'icon kiosk-icon')
  svg.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use')
  use.setAttribute('href', `${root.dataset.icons}#it-${name}`)
  svg.append(use)
  return svg
}
