import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { visitorOf } from '../../support/builders.js'
import { SQLITE } from '../../support/engines.js'
import { inBrowser } from '../in-browser.js'
import {
  ConfirmedPage,
  DetailsPage,
  HomePage,
  PlacePage,
  SummaryPage,
  TimePage,
  VisitorPage,
} from '../pages/booking-steps.js'
import { Visit } from '../pages/visit.js'

/** More stops than any page has. */
const MOST_STOPS = 120

/** What has the focus: whether it is `wanted`, whether one can see it, and where the focus shows. */
function readFocus(wanted: string): { found: boolean; name: string; seen: boolean; inView: boolean } {
  const el = document.activeElement ?? document.body
  const label = el instanceof HTMLInputElement ? el.labels?.[0] : undefined
  const places = [el, label, el.closest('.choice, .time'), el.querySelector('*')].filter(
    (place) => place instanceof Element,
  )
  const seen = places.some((place) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(place)
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none'
  })
  const { top, bottom } = (label ?? el).getBoundingClientRect()
  const name = `<${el.tagName.toLowerCase()} class="${el.className}"> ${(el.textContent ?? '').trim().slice(0, 40)}`
  return { found: el.matches(wanted), name, seen, inView: bottom > 0 && top < innerHeight }
}

/** A person without a mouse: Tab, Space, Enter, arrows, letters. */
class Keyboard {
  constructor(private readonly visit: Visit) {}

  /** Tabs on until `selector` has the focus; each stop shows where it is. */
  async tabTo(selector: string): Promise<void> {
    const { page } = this.visit
    const stops: string[] = []
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      await page.keyboard.press('Tab')
      const { found, name, seen, inView } = await page.evaluate(readFocus, selector)
      expect(seen && inView, `the focus shows on ${name} (${page.url()})`).to.equal(true)
      if (found) return
      stops.push(name)
    }
    throw new Error(`no way to ${selector} by Tab: ${stops.join(', ')}`)
  }

  press(key: string): Promise<void> {
    return this.visit.page.keyboard.press(key)
  }

  type(text: string): Promise<void> {
    return this.visit.page.keyboard.type(text)
  }
}

inBrowser('a person without a mouse', () => {
  let app: TestApp | undefined
  before(async () => {
    app = await startApp(SQLITE)
  })
  after(() => app?.close())

  it('books with Tab, Space and Enter, and always sees where the focus is', async () => {
    if (!app) throw new Error('not started')
    const visit = await Visit.begin(app)
    const keys = new Keyboard(visit)
    await visit.open('/')
    await new HomePage(visit).find()
    await keys.tabTo('.skiplinks a')
    await keys.press('Enter')
    await keys.tabTo('[data-test=book]')
    await keys.press('Enter')

    await new PlacePage(visit).find()
    await keys.tabTo('#persons')
    await keys.tabTo('input[name=site]')
    await keys.press('Space')
    await keys.tabTo('[data-test=continue]')
    await keys.press('Enter')

    const time = await new TimePage(visit).find()
    await keys.tabTo('.month a.day-free')
    await keys.press('Enter')
    await visit.page.waitForURL(/giorno=/)
    await time.find()
    await keys.tabTo('input[name=start]')
    await keys.press('Space')
    await keys.press('ArrowRight')
    expect(await visit.page.locator('input[name=start]:checked').count()).to.equal(1)
    await keys.tabTo('[data-test=continue]')
    await keys.press('Enter')

    await new DetailsPage(visit).find()
    await keys.tabTo('#notes')
    await keys.type('Senza mouse')
    await keys.tabTo('[data-test=continue]')
    await keys.press('Space')

    const form = await new VisitorPage(visit).find()
    const person = visitorOf(200)
    for (const name of ['firstName', 'lastName', 'taxCode'] as const) {
      await keys.tabTo(`#${name}`)
      await keys.type(person[name])
    }
    await keys.tabTo('#comune')
    await keys.type('Legnan')
    expect(await form.field('comune').inputValue()).to.equal('015118')
    await keys.tabTo('#email')
    await keys.type(person.email)
    await keys.press('Enter')

    await new SummaryPage(visit).find()
    await keys.tabTo('[data-test=confirm]')
    await keys.press('Enter')
    await new ConfirmedPage(visit).find()
    await keys.tabTo('[data-test=manage]')
    await visit.end()
  })
})
