/**
 * An element from text and attributes; text stays text. `null` and `false` are left out, `true` is an empty attribute.
 * @param {string} tag such as `p`, or `p.soft.big`
 * @param {Record<string, string | number | boolean | null | undefined>} [attributes]
 * @param {...(Node | string | null | false)} children
 */
export function h(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split('.')
  const el = document.createElement(name)
  if (classes.length > 0) el.className = classes.join(' ')
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false)
      el.setAttribute(key, value === true ? '' : String(value))
  }
  el.append(...children.flat().filter((child) => child !== null && child !== false && child !== undefined))
  return el
}

/**
 * Makes the content of `root` what `children` are, changing only what differs: who has the focus keeps it. Children with
 * a `data-key` are found again wherever they have moved; with `data-same` they are left as they were.
 * @param {HTMLElement} root
 * @param {...(Node | null | false)} children
 */
export function show(root, ...children) {
  const focused = document.activeElement
  morphChildren(root, h('div', {}, ...children))
  if (!(focused instanceof HTMLElement) || focused === document.activeElement) return
  if (focused.isConnected) focused.focus({ preventScroll: true })
  // What had the focus is gone: the keyboard goes on from here, not from the top of the page.
  else if (root.tabIndex === -1 && root.hasAttribute('tabindex')) root.focus({ preventScroll: true })
}

function morph(was, is) {
  if (is.nodeType === Node.ELEMENT_NODE && is.hasAttribute('data-same')) return
  if (was.nodeType === Node.TEXT_NODE) {
    if (was.data !== is.data) was.data = is.data
    return
  }
  for (const { name } of [...was.attributes]) if (!is.hasAttribute(name)) was.removeAttribute(name)
  for (const { name, value } of is.attributes) if (was.getAttribute(name) !== value) was.setAttribute(name, value)
  morphChildren(was, is)
}

const keyOf = (node) => node?.dataset?.key

function morphChildren(was, is) {
  const keyed = new Map([...was.children].map((child) => [keyOf(child), child]))
  let at = was.firstChild
  for (const wanted of [...is.childNodes]) {
    const key = keyOf(wanted)
    const isLike = at !== null && keyOf(at) === undefined && at.nodeName === wanted.nodeName
    const same = key === undefined ? (isLike ? at : null) : keyed.get(key)
    if (!same) {
      was.insertBefore(wanted, at)
      continue
    }
    if (same === at) at = at.nextSibling
    else was.insertBefore(same, at)
    morph(same, wanted)
  }
  while (at !== null) {
    const next = at.nextSibling
    at.remove()
    at = next
  }
}
