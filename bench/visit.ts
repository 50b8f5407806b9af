import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import type { Person } from './people.js'

interface Page {
  status: number
  headers: IncomingHttpHeaders
  html: string
}

const agent = new Agent({ keepAlive: true, maxSockets: 32 })
const FIELDS = ['_csrf', 'choice', 'key', 'service']

/** A citizen's browser without JavaScript: keeps cookies, reads forms, sends them with their token. */
export class Visit {
  private readonly cookies = new Map<string, string>()

  constructor(private readonly port: number) {}

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** Chooses where: from here on the calendar has something to show. */
  async choosePlace(site: string): Promise<void> {
    const place = await this.open('/prenota')
    await this.send(place, { to: '/prenota', fields: { persons: '1', site }, leadsTo: '/prenota/data-e-orario' })
  }

  /** The whole public booking, page by page; `number` spreads people over the times of the first free day. */
  async book(site: string, person: Person, number: number): Promise<void> {
    await this.open('/')
    await this.choosePlace(site)
    const calendar = await this.open('/prenota/data-e-orario')
    const times = [...calendar.html.matchAll(/<input[^>]*name="start"[^>]*value="([^"]*)"[^>]*>/g)]
    const free = times.filter(([input]) => !/\sdisabled/.test(input)).map(([, start = '']) => start)
    const to = /<form method="post" action="(\/prenota\/data-e-orario[^"]*)"/.exec(calendar.html)?.[1] ?? ''
    const start = free[number % free.length] ?? ''
    await this.send(calendar, { to, fields: { start }, leadsTo: '/prenota/dettagli' })
    await this.fill('/prenota/dettagli', { notes: '' }, '/prenota/richiedente')
    await this.fill('/prenota/richiedente', { ...person }, '/prenota/riepilogo')
    await this.fill('/prenota/riepilogo', {}, '/prenota/conferma')
    const booked = await this.open('/prenota/conferma')
    if (!booked.html.includes('/prenotazione/')) throw new Error('no booking is confirmed')
  }

  private async fill(path: string, fields: Record<string, string>, leadsTo: string): Promise<void> {
    await this.send(await this.open(path), { to: path, fields, leadsTo })
  }

  /** @throws Error for anything but a page */
  private async open(path: string): Promise<Page> {
    const page = await this.go(path)
    if (page.status !== 200) throw new Error(`GET ${path}: ${page.status}`)
    return page
  }

  /** @throws Error when the form leads somewhere else */
  private async send(
    { html }: Page,
    { to, fields, leadsTo }: { to: string; fields: Record<string, string>; leadsTo: string },
  ): Promise<void> {
    const hidden = FIELDS.map((name) => [name, valueOf(html, name)] as const).filter(([, value]) => value !== null)
    const body = new URLSearchParams({ ...(Object.fromEntries(hidden) as Record<string, string>), ...fields })
    const { status, headers } = await this.go(to, body.toString())
    if (status !== 303 || headers.location !== leadsTo) throw new Error(`POST ${to}: ${status} ${headers.location}`)
  }

  private async go(path: string, body?: string): Promise<Page> {
    const form = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }
    const headers = { accept: 'text/html', 'accept-language': 'it', cookie: this.cookie, ...form }
    const page = await ask({ port: this.port, path, headers }, body)
    for (const cookie of page.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      this.cookies.set(name, value)
    }
    return page
  }
}

function ask(options: { port: number; path: string; headers: object }, body?: string): Promise<Page> {
  const { port, path, headers } = options
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
  const method = body === undefined ? 'GET' : 'POST'
  return new Promise((resolve, reject) => {
    const all = { host: '127.0.0.1', port, path, method, agent, headers: { ...headers, ...length } }
    const sent = request(all, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, html: Buffer.concat(chunks).toString() })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const valueOf = (html: string, name: string): string | null =>
  (new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(html) ??
    new RegExp(`value="([^"]*)"[^>]*name="${name}"`).exec(html))?.[1] ?? null
