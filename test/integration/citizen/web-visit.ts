/** A page as a browser without scripts has it. */
export interface WebPage {
  status: number
  /** Path and query after redirects. */
  address: string
  html: string
  /** The visible text of `main`, tags dropped, white space as one blank. */
  text: string
  headers: Headers
}

interface Sent {
  method?: string
  fields?: Record<string, string>
  follow?: boolean
}

type Fields = Record<string, string>

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', '#34': '"', '#39': "'" }

/** What `<%= %>` escapes, back again. */
export const plain = (html: string): string =>
  html.replace(/&(amp|lt|gt|#34|#39);/g, (_, name: string) => ENTITIES[name] ?? '')

const textOf = (html: string): string => {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html
  return plain(main.replace(/<(script|style)[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]+>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()
}

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return found === undefined ? undefined : plain(found)
}

/** What the form whose action starts with `action` would send as it stands. */
export function formFields(html: string, action: string): { action: string; fields: Fields } {
  const forms = [...html.matchAll(/<form[\s\S]*?<\/form>/g)].map(([text]) => text)
  // `/prenota` is not `/prenota/rinnova`, which stands above it.
  const form =
    forms.find((text) => attribute(text, 'action') === action) ??
    forms.find((text) => attribute(text, 'action')?.startsWith(action))
  if (!form) throw new Error(`no form for ${action} in ${textOf(html).slice(0, 400)}`)
  const fields: Fields = {}
  for (const [input] of form.matchAll(/<input[^>]*>/g)) {
    const [name, type, value = ''] = [
      attribute(input, 'name'),
      attribute(input, 'type') ?? 'text',
      attribute(input, 'value'),
    ]
    if (name && (type !== 'radio' || /\schecked/.test(input))) fields[name] = value
  }
  for (const [area, value = ''] of form.matchAll(/<textarea[^>]*>([\s\S]*?)<\/textarea>/g))
    fields[attribute(area, 'name') ?? ''] = plain(value)
  for (const [select] of form.matchAll(/<select[\s\S]*?<\/select>/g)) {
    const options = [...select.matchAll(/<option[^>]*>/g)].map(([option]) => option)
    const chosen = options.find((option) => /\sselected/.test(option)) ?? options[0] ?? ''
    fields[attribute(select, 'name') ?? ''] = attribute(chosen, 'value') ?? ''
  }
  return { action: attribute(form, 'action') ?? '', fields }
}

/** The values of the times that may be chosen on a page, in order. */
export const freeTimes = ({ html }: WebPage): string[] =>
  [...html.matchAll(/<input[^>]*name="start"[^>]*>/g)]
    .filter(([input]) => !/\sdisabled/.test(input))
    .map(([input]) => attribute(input, 'value') ?? '')

/** A citizen with a browser whose scripts are off: cookies, forms, redirects. */
export class WebVisit {
  readonly cookies = new Map<string, string>()

  constructor(
    readonly url: string,
    private readonly language = 'it',
  ) {}

  get(path: string): Promise<WebPage> {
    return this.open(path)
  }

  /** Sends the page's form as it stands, with `fields` typed over; a field of `undefined` is left out. */
  submit(
    page: WebPage,
    action: string,
    typed: Record<string, string | undefined> = {},
    follow = true,
  ): Promise<WebPage> {
    const form = formFields(page.html, action)
    const all = { ...form.fields, ...typed }
    const fields = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Fields
    return this.open(form.action, { method: 'POST', fields, follow })
  }

  async open(path: string, { method = 'GET', fields, follow = true }: Sent = {}): Promise<WebPage> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(this.url + path, {
      method,
      headers: { accept: 'text/html', 'accept-language': this.language, cookie },
      redirect: 'manual',
      ...(fields && { body: new URLSearchParams(fields) }),
    })
    for (const set of answer.headers.getSetCookie()) {
      const [pair = ''] = set.split(';')
      this.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const location = answer.headers.get('location')
    if (location !== null && follow && answer.status < 400) return this.open(location)
    const html = await answer.text()
    return { status: answer.status, address: path, html, text: textOf(html), headers: answer.headers }
  }

  /** The same cookies in another window. */
  copy(): WebVisit {
    const other = new WebVisit(this.url, this.language)
    for (const [name, value] of this.cookies) other.cookies.set(name, value)
    return other
  }
}
