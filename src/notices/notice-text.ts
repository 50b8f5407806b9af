import type { NoticeView } from './notice-view.js'

/** The text part of a notice: paragraphs with an empty line between them, each link on a line of its own. */
export function noticeText(view: NoticeView): string {
  const paragraphs = [
    view.greeting,
    view.opening,
    view.urgent,
    view.facts.map(({ label, value }) => `${label}: ${value}`).join('\n'),
    ...view.links.map(({ label, url }) => `${label}:\n${url}`),
    ...view.sections.map(({ heading, text, items }) =>
      [heading.toUpperCase(), ...(text === null ? [] : [text]), ...items.map((item) => `- ${item}`)].join('\n'),
    ),
    view.footer.join('\n'),
  ]
  return `${paragraphs.filter((paragraph) => paragraph !== null).join('\n\n')}\n`
}
