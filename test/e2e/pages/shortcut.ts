import type { ReachableVisitor } from '../../../src/visitors/index.js'
import type { Visit } from './visit.js'

export interface Choice {
  site?: string
  persons?: number
  start: string
}

/** The first steps of a booking sent as forms without being looked at, with the visit's cookies: for tests of a later page. */
export class Shortcut {
  constructor(private readonly visit: Visit) {}

  /** To the step of the times. */
  async toTimes({ site = 'legnano', persons = 1 }: Omit<Choice, 'start'> = {}): Promise<void> {
    await this.send('/prenota', { site, persons: String(persons) })
  }

  async toDetails({ start, ...place }: Choice): Promise<void> {
    await this.toTimes(place)
    await this.send('/prenota/data-e-orario', { start })
  }

  async toVisitor(choice: Choice): Promise<void> {
    await this.toDetails(choice)
    await this.send('/prenota/dettagli', { notes: '' })
  }

  async toSummary(choice: Choice, visitor: ReachableVisitor): Promise<void> {
    await this.toVisitor(choice)
    await this.send('/prenota/richiedente', { ...visitor, phone: visitor.phone ?? '' })
  }

  async toConfirmed(choice: Choice, visitor: ReachableVisitor): Promise<void> {
    await this.toSummary(choice, visitor)
    await this.send('/prenota/riepilogo', {}, ['key', '_csrf'])
  }

  /** Sends the form of a page with its hidden fields. @throws when the answer is not the next step */
  async send(path: string, fields: Record<string, string>, hidden = ['_csrf', 'choice', 'service']): Promise<void> {
    const { request } = this.visit.page.context()
    const [url, headers] = [`${this.visit.origin}${path}`, { 'accept-language': this.visit.lang }]
    const html = await (await request.get(url, { headers })).text()
    const found = [...html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)].map(([, name, value]) => [
      name,
      value,
    ])
    const kept = Object.fromEntries(found.filter(([name]) => hidden.includes(String(name)))) as Record<string, string>
    const answer = await request.post(url, { headers, form: { ...kept, ...fields }, maxRedirects: 0 })
    if (answer.status() !== 303)
      throw new Error(`${path} answered ${answer.status()}: ${(await answer.text()).slice(0, 2000)}`)
  }
}
