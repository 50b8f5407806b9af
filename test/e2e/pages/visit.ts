import { expect } from 'chai'
import type { BrowserContext, BrowserContextOptions, ConsoleMessage, Page, Request, Response } from 'playwright-core'
import { type Lang, type Translate, translator } from '../../../src/messages/index.js'
import { newVisit } from '../../support/chromium.js'

interface Options extends BrowserContextOptions {
  lang?: Lang
  /** A profile that nobody else gets, for what a test cannot undo. */
  fresh?: boolean
}

const DESK = { width: 1280, height: 900 }
const LOCALES: Record<Lang, string> = { it: 'it-IT', en: 'en-GB' }

/** Shared by the tabs of one visit: what must never happen on any page. */
class Faults {
  readonly list: string[] = []
  /** Of the app that is visited now. */
  origin = ''

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
    const isToken = /^\/(prenotazione|numero)\//.test(pathname)
    if ((isToken || pathname.startsWith('/prenota')) && !headers['cache-control']?.includes('no-store'))
      this.add(`may be cached: ${pathname}`)
    if (isToken && headers['referrer-policy'] !== 'no-referrer') this.add(`tells where one comes from: ${pathname}`)
    if (!headers['content-security-policy']?.includes("default-src 'none'")) this.add(`no policy: ${pathname}`)
  }
}

/** Profiles that are free, by their options: a new one costs more than all pages of a test. */
const idle = new Map<string, Profile[]>()

interface Profile {
  page: Page
  faults: Faults
}

async function newProfile({ lang, ...options }: BrowserContextOptions & { lang: Lang }): Promise<Profile> {
  const context = await newVisit({ locale: LOCALES[lang], viewport: DESK, ...options })
  // What tsx leaves in functions that are sent into the page.
  await context.addInitScript('globalThis.__name = (it) => it')
  const faults = new Faults()
  faults.watch(context)
  return { page: await context.newPage(), faults }
}

/** A person's visit: a browser with no memory, one tab open. `end` fails when anything went wrong unseen. */
export class Visit {
  readonly t: Translate
  readonly page: Page
  readonly origin: string

  private constructor(
    private readonly profile: Profile,
    readonly lang: Lang,
    readonly hasScripts: boolean,
    private readonly giveBack: (() => void) | null,
  ) {
    this.t = translator(lang)
    this.page = profile.page
    this.origin = profile.faults.origin
  }

  static async begin(app: { url: string }, { fresh = false, ...asked }: Options = {}): Promise<Visit> {
    const options = { lang: 'it' as Lang, javaScriptEnabled: true, ...asked }
    const kind = JSON.stringify(options)
    const free = idle.get(kind) ?? []
    idle.set(kind, free)
    const profile = (fresh ? undefined : free.pop()) ?? (await newProfile(options))
    profile.faults.origin = app.url
    const { lang, javaScriptEnabled } = options
    return new Visit(profile, lang, javaScriptEnabled, fresh ? null : () => free.push(profile))
  }

  /** Another tab of the same browser. */
  async newTab(): Promise<Visit> {
    const page = await this.page.context().newPage()
    return new Visit({ page, faults: this.profile.faults }, this.lang, this.hasScripts, null)
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

  /** What a test brings about itself, such as a refusal or a lost network, is no fault: all, or what `pattern` fits, so far. */
  forgive(pattern = /./): void {
    const { list } = this.profile.faults
    list.splice(0, list.length, ...list.filter((fault) => !pattern.test(fault)))
  }

  expectNoFaults(): void {
    expect(this.profile.faults.list.splice(0), `unseen on ${this.page.url()}`).to.deep.equal([])
  }

  async end(): Promise<void> {
    this.expectNoFaults()
    const { page } = this
    const context = page.context()
    if (this.giveBack === null) return context.close()
    await page.unrouteAll()
    await page.goto('about:blank')
    await page.emulateMedia({ media: null })
    await page.setViewportSize(DESK)
    await Promise.all(
      context
        .pages()
        .filter((tab) => tab !== page)
        .map((tab) => tab.close()),
    )
    await context.clearCookies()
    this.expectNoFaults()
    this.giveBack()
  }
}
