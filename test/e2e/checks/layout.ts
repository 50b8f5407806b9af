import type { Page } from 'playwright-core'

/** WCAG 2.5.8, in CSS pixels; a smaller target needs as much room around it. */
const TARGET = 24
/** For the button that leads on. */
const MAIN_TARGET = 44

/** What does not fit, or is too small for a finger, at the page's present width. */
export const layoutFaults = (page: Page): Promise<string[]> =>
  page.evaluate(findFaults, { target: TARGET, mainTarget: MAIN_TARGET })

/** Runs in the page. */
function findFaults({ target, mainTarget }: { target: number; mainTarget: number }): string[] {
  const name = (el: Element) => {
    const text = (el.textContent || el.getAttribute('aria-label') || '').trim().replace(/\s+/g, ' ').slice(0, 40)
    return `<${el.tagName.toLowerCase()} class="${el.getAttribute('class') ?? ''}"> ${text}`
  }
  const isShown = (el: Element) => {
    const { width, height } = el.getBoundingClientRect()
    return width > 1 && height > 1 && el.checkVisibility({ visibilityProperty: true, opacityProperty: false })
  }
  const isForEyes = (el: Element) =>
    isShown(el) &&
    !el.closest('.visually-hidden, .visually-hidden-focusable') &&
    getComputedStyle(el).clipPath !== 'inset(50%)'
  const size = (el: Element) => `${innerWidth} px wide: ${name(el)}`
  const faults: string[] = []

  const { scrollWidth } = document.documentElement
  if (scrollWidth > innerWidth) {
    const wide = [...document.body.querySelectorAll('*')].filter(
      (el) => isForEyes(el) && el.getBoundingClientRect().right > innerWidth + 1,
    )
    faults.push(`scrolls sideways: ${scrollWidth} in ${innerWidth} px: ${wide.slice(-1).map(name).join('')}`)
  }

  for (const el of document.body.querySelectorAll('*')) {
    const { overflowX } = getComputedStyle(el)
    const cuts = overflowX === 'hidden' || overflowX === 'clip'
    if (cuts && el.scrollWidth > el.clientWidth + 1 && isForEyes(el) && el.textContent)
      faults.push(`cut off, ${size(el)}`)
  }

  /** What a finger may hit: a box with its label; not a link inside a sentence. */
  const targetOf = (el: Element) => {
    const label = el instanceof HTMLInputElement ? el.labels?.[0] : undefined
    const boxes = [el, ...(label ? [label] : [])].map((part) => part.getBoundingClientRect())
    const [left, top] = [Math.min(...boxes.map((b) => b.left)), Math.min(...boxes.map((b) => b.top))]
    const [right, bottom] = [Math.max(...boxes.map((b) => b.right)), Math.max(...boxes.map((b) => b.bottom))]
    return { el, left, top, right, bottom, width: right - left, height: bottom - top }
  }
  const isInSentence = (el: Element) =>
    el.tagName === 'A' &&
    getComputedStyle(el).display === 'inline' &&
    (el.parentElement?.textContent ?? '').trim().length > (el.textContent ?? '').trim().length
  const controls = 'a[href], button, input:not([type=hidden]), select, textarea, summary'
  const targets = [...document.querySelectorAll(controls)]
    .filter((el) => isForEyes(el) && !isInSentence(el))
    .map(targetOf)
  for (const one of targets) {
    const isMain = one.el.matches('.btn-lg, .form-control, .form-select')
    if (isMain && one.height < mainTarget - 0.5) faults.push(`${Math.round(one.height)} px high, ${size(one.el)}`)
    if (Math.min(one.width, one.height) >= target - 0.5) continue
    const [x, y] = [(one.left + one.right) / 2, (one.top + one.bottom) / 2]
    const near = targets.find((other) => {
      const dx = Math.max(other.left - x, 0, x - other.right)
      const dy = Math.max(other.top - y, 0, y - other.bottom)
      return other !== one && !other.el.contains(one.el) && Math.hypot(dx, dy) < target / 2
    })
    if (near) faults.push(`${Math.round(one.width)}×${Math.round(one.height)} px and crowded, ${size(one.el)}`)
  }
  return faults
}
