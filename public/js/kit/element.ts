/** `false`, null and undefined leave an attribute out, `true` is an empty one; a function listens: `onclick`. */
type Attribute = string | number | boolean | null | undefined | ((event: never) => void)

export type Child = Node | string | false | null | undefined

type TagOf<Text extends string> = Text extends `${infer Tag}.${string}` ? Tag : Text
type ElementOf<Tag extends string> = Tag extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[Tag] : HTMLElement

/**
 * An element with its attributes, listeners and children; text stays text, and children that are nothing are left out.
 * @param tag such as `p`, or `p.soft.big`
 */
export function h<Text extends string>(
  tag: Text,
  attributes: Record<string, Attribute> = {},
  ...children: (Child | readonly Child[])[]
): ElementOf<TagOf<Text>> {
  const [name = '', ...classes] = tag.split('.')
  const element = document.createElement(name)
  if (classes.length > 0) element.className = classes.join(' ')
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue
    if (typeof value === 'function') element.addEventListener(key.slice(2), value as EventListener)
    else element.setAttribute(key, value === true ? '' : String(value))
  }
  element.append(...children.flat().filter((child) => child !== null && child !== false && child !== undefined))
  return element as ElementOf<TagOf<Text>>
}
