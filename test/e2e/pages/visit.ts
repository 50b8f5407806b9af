import { expect } from 'chai'
import type { BrowserContext, BrowserContextOptions, ConsoleMessage, Page, Request, Response } from 'playwright-core'
import { type Lang, type Translate, translator } from '../../../src/messages/index.js'
import { newVisit } from '../../support/chromium.js'

interface Options extends BrowserContextOptions {
  lang?: Lang
}

const LOCALES: Record<Lang, string> = { it: 'it-IT', en: 'en-GB' }

/** Shared by the tabs of one visit: what must never happen on any page. */
class Faults {
  readonly list: string[] = []

  constructor(private readonly origin: string) {}

  watch(context: BrowserContext): void {
    context.on('console', (message) => this.readConsole(message))
    context.on('weberror', (error) => this.add(`script error: ${error.error().message}`))
    context.on('request', (request) => this.readRequest(request))
    context.on('response', (response) => this.readResponse(response))
  }

  add(fault: string): void {
    this.list.push(fault)
  }

  /** Errors, and with them every breach of the Content-Security-Policy; an answer such as 422 to a form is none. */
  private readConsole(message: ConsoleMessage): void {
    if (message.type() !== 'error') return
    const isAnswer = message.text().startsWith('Failed to load resource: the server responded with a status of')
    if (isAnswer && message.location().url === message.page()?.url()) return
    this.add(`console: ${message.text()} (${message.location().url})`)
  }

  private readRequest(request: Request): void {
    const url = request.url()
    const isOurs = url.startsWith(`${this.origin}/`) || url.startsWith('data:') || url.startsWith('blob:')
    if (!isOurs) this.add(`third party: ${url}`)
  }

  private readResponse(response: Response): void {
    const { pathname } = new URL(response.url())
    const isDocument = response.request().isNavigationRequest()
    if (!isDocument && response.status() >= 400) this.add(`${response.status()} for ${pathname}`)
    if (!isDocument || response.status() >= 300) return
    const headers = response.headers()
    const isToken = pathname.startsWith('/prenotazione/')
    if ((isToken || pathname.startsWith('/prenota')) && !headers['cache-control']?.includes('no-store'))
      this.add(`may be cached: ${pathname}`)
    if (isToken && headers['referrer-policy'] !== 'no-referrer') this.add(`tells where one comes from: ${pathname}`)
    if (!headers['content-security-policy']?.includes("default-src 'none'")) this.add(`no policy: ${pathname}`)
  }
}

/** A person's visit: a browser profile of their own, one tab open. `end` fails when anything went wrong unseen. */
export class Visit {
  readonly t: Translate

  private constructor(
    readonly origin: string,
    readonly page: Page,
    readonly lang: Lang,
    readonly hasScripts: boolean,
    private readonly faults: Faults,
  ) {
    this.t = translator(lang)
  }

  static async begin(app: { url: string }, { lang = 'it', ...options }: Options = {}): Promise<Visit> {
    const context = await newVisit({ locale: LOCALES[lang], viewport: { width: 1280, height: 900 }, ...options })
    // What tsx leaves in functions that are sent into the page.
    await context.addInitScript('globalThis.__name = (it) => it')
    const faults = new Faults(app.url)
    faults.watch(context)
    return new Visit(app.url, await context.newPage(), lang, options.javaScriptEnabled ?? true, faults)
  }

  /** Another tab of the same browser. */
  async newTab(): Promise<Visit> {
    const page = await this.page.context().newPage()
    return new Visit(this.origin, page, this.lang, this.hasScripts, this.faults)
  }

  /** @param address a path, or the whole address from a mail */
  async open(address: string): Promise<this> {
    await this.page.goto(new URL(address, this.origin).href)
    return this
  }

  /** A new person at the same window. */
  async forget(): Promise<void> {
    await this.page.context().clearCookies()
  }

  expectNoFaults(): void {
    expect(this.faults.list.splice(0), `unseen on ${this.page.url()}`).to.deep.equal([])
  }

  async end(): Promise<void> {
    await this.page.context().close()
    this.expectNoFaults()
  }
}
