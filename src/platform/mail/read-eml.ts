/** The parts of a mail that our own transport has written; it is no reader of other people's mail. */
export interface ReadMail {
  from: string
  to: string
  subject: string
  date: string
  /** `it` or `en`; empty when it does not say. */
  lang: string
  text: string
  html: string
  /** The .ics file; empty when there is none. */
  calendar: string
}

interface Part {
  headers: Map<string, string>
  /** One character per byte. */
  body: string
}

/** Reads a file of the mail folder: multipart, quoted-printable, base64, encoded words. */
export function readEml(file: Buffer): ReadMail {
  const whole = partOf(file.toString('latin1'))
  const leaves = leavesOf(whole)
  const header = (name: string) => decodeWords(whole.headers.get(name) ?? '')
  const content = (type: string) => {
    const leaf = leaves.find(({ headers }) => (headers.get('content-type') ?? '').startsWith(type))
    return leaf ? decodeBody(leaf) : ''
  }
  return {
    from: header('from'),
    to: header('to'),
    subject: header('subject'),
    date: header('date'),
    lang: header('content-language'),
    text: content('text/plain'),
    html: content('text/html'),
    calendar: content('text/calendar'),
  }
}

function partOf(source: string): Part {
  const end = source.indexOf('\r\n\r\n')
  const lines = source
    .slice(0, end < 0 ? source.length : end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const pairs = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  return { headers: new Map(pairs), body: end < 0 ? '' : source.slice(end + 4) }
}

function leavesOf(part: Part): Part[] {
  const boundary = /^multipart\/.*boundary="([^"]+)"/i.exec(part.headers.get('content-type') ?? '')?.[1]
  if (boundary === undefined) return [part]
  const inner = `\r\n${part.body}`.split(`\r\n--${boundary}`).slice(1, -1)
  return inner.flatMap((source) => leavesOf(partOf(source.replace(/^\r\n/, ''))))
}

function decodeBody({ headers, body }: Part): string {
  const encoding = (headers.get('content-transfer-encoding') ?? '').toLowerCase()
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString()
  if (encoding === 'quoted-printable') return fromQuoted(body.replace(/=\r\n/g, ''))
  return Buffer.from(body, 'latin1').toString()
}

const fromQuoted = (text: string): string =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()

/** RFC 2047; the space between two encoded words is none. */
const decodeWords = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(word, 'base64').toString() : fromQuoted(word.replaceAll('_', ' ')),
    )
