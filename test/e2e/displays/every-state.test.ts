import { expect } from 'chai'
import type { Lang } from '../../../src/messages/index.js'
import { NEWBORN } from '../../integration/queue/room.js'
import { accessibilityFaults } from '../checks/accessibility.js'
import { languageFaults } from '../checks/language.js'
import { layoutFaults } from '../checks/layout.js'
import { inBrowser } from '../in-browser.js'
import { DisplayPage } from '../pages/display-page.js'
import { ProblemPage } from '../pages/other-pages.js'
import { Visit } from '../pages/visit.js'
import { WaitingRoom } from './waiting-room.js'

/** Screens as they hang on walls: Full HD, 4K, small, upright, 4:3. */
const SIZES: [width: number, height: number][] = [
  [1920, 1080],
  [3840, 2160],
  [1280, 720],
  [1080, 1920],
  [1280, 1024],
]
/** Of a 43-inch screen of 1920 × 1080 pixels, and 1/200 of 8 m (issue 3, item 5). */
const [MM_A_PIXEL, LEAST_MM] = [952 / 1920, 40]
const CAPITALS = 0.69

inBrowser('a display in every state', () => {
  let room: WaitingRoom
  beforeEach(async () => {
    room = await WaitingRoom.open()
  })
  afterEach(() => room.close())

  const lookAt = async (screen: DisplayPage, lang: Lang) => {
    const { page } = screen
    const faults: string[] = []
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height })
      await screen.expectToFit()
      faults.push(...(await layoutFaults(page)))
    }
    faults.push(...(await accessibilityFaults(page)), ...(await languageFaults(page, lang)))
    expect(faults).to.deep.equal([])
  }

  const screens: [title: string, query: string, lang: Lang][] = [
    ['light', '?tema=chiaro', 'it'],
    ['dark', '?tema=scuro&suono=no', 'it'],
    ['in English', '?lang=en', 'en'],
  ]
  for (const [title, query, lang] of screens) {
    it(`${title}: no call yet, a full room, a call, out of date – nothing cut off, axe and words in order`, async () => {
      const visit = await Visit.begin(room, { fresh: true, viewport: { width: 1920, height: 1080 } })
      const screen = await new DisplayPage(visit).switchOn({ query })
      await lookAt(screen, lang)
      await room.draw(120)
      await room.drawNewborn(NEWBORN)
      for (let n = 0; n < 8; n += 1) {
        const id = await room.next(((n % 3) + 1) as 1 | 2 | 3)
        if (n % 2 === 0) await room.step(id, 'recall')
      }
      await screen.page.locator('.calling').waitFor()
      await lookAt(screen, lang)
      await screen.page.reload()
      await screen.isOn()
      await lookAt(screen, lang)
      expect(await screen.others()).to.have.length(6)
      if (lang === 'it') {
        await screen.page.context().setOffline(true)
        await screen.stale().waitFor({ timeout: 20_000 })
        await lookAt(screen, lang)
        await screen.page.context().setOffline(false)
        await visit.page.context().close()
        return
      }
      await visit.end()
    })
  }

  it('is read from 8 m: on a 43-inch screen the number called and the last calls are 40 mm high or more', async () => {
    const visit = await Visit.begin(room, { fresh: true, viewport: { width: 1920, height: 1080 } })
    const screen = await new DisplayPage(visit).switchOn()
    await room.draw(2)
    await room.next(1)
    await screen.shows('D001 1')
    await room.next(2)
    await screen.page.locator('[data-part="row"]:visible').waitFor()
    const millimetres = (selector: string) =>
      screen.page
        .locator(selector)
        .first()
        .evaluate((el) => Number.parseFloat(getComputedStyle(el).fontSize))
        .then((px) => px * CAPITALS * MM_A_PIXEL)
    expect(await millimetres('[data-part="number"]')).to.be.at.least(LEAST_MM * 2.5)
    expect(await millimetres('[data-part="counter"]')).to.be.at.least(LEAST_MM * 1.5)
    expect(await millimetres('.last-number')).to.be.at.least(LEAST_MM)
    await visit.end()
  })

  it('follows the device where its address does not say which theme, and stands still where motion is unwanted', async () => {
    const visit = await Visit.begin(room, { fresh: true, colorScheme: 'dark' })
    const screen = await new DisplayPage(visit).switchOn()
    const ground = () => screen.page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const dark = await ground()
    await screen.page.emulateMedia({ colorScheme: 'light' })
    expect(await ground()).not.to.equal(dark)
    await room.draw(1)
    await room.next(1)
    await screen.page.locator('.calling').waitFor()
    const moving = () => screen.page.evaluate(() => document.getAnimations().length)
    expect(await moving()).to.equal(0)
    await screen.page.emulateMedia({ reducedMotion: 'no-preference' })
    expect(await moving()).to.be.at.least(1)
    await visit.end()
  })

  it('names of counters that are words fit too, and a rule of five parts', async () => {
    await room.limitWaiting(45)
    const visit = await Visit.begin(room, { fresh: true, viewport: { width: 1920, height: 1080 } })
    const screen = await new DisplayPage(visit).switchOn()
    await room.draw(3)
    for (const [counter, name] of [
      [1, 'Sportello 12'],
      [2, 'Ritiro'],
      [3, 'Sala prelievi piano 1'.slice(0, 20)],
    ] as const) {
      await room.rename(counter, name)
      await room.next(counter)
      await screen.page.waitForFunction(
        (text) => document.querySelector('[data-part="counter"]')?.textContent === text,
        name.replace('Sportello ', ''),
        { timeout: 15_000 },
      )
      for (const [width, height] of SIZES) {
        await screen.page.setViewportSize({ width, height })
        await screen.expectToFit()
        expect(await layoutFaults(screen.page)).to.deep.equal([])
      }
    }
    await visit.end()
  })

  it('a rule of five parts, notices and a mark that it is not up to date leave room for the call', async () => {
    await room.limitWaiting(45)
    const visit = await Visit.begin(room, { fresh: true, viewport: { width: 1920, height: 1080 } })
    const screen = await new DisplayPage(visit).switchOn()
    await room.draw(120)
    for (let n = 0; n < 8; n += 1) await room.next(((n % 3) + 1) as 1 | 2 | 3)
    await screen.page.locator('.calling').waitFor()
    const line = 'Oggi il punto di ritiro chiude alle 11:30. Per le urgenze rivolgersi allo sportello 1.'
    for (const lines of [[line], [line, line, line]]) {
      await room.tell(...lines)
      await screen.page.waitForFunction(
        (count) => document.querySelectorAll('[data-part="notice-list"] li').length === count,
        lines.length,
      )
      for (const [width, height] of SIZES) {
        await screen.page.setViewportSize({ width, height })
        await screen.expectToFit()
      }
    }
    await screen.page.context().setOffline(true)
    await screen.stale().waitFor({ timeout: 20_000 })
    for (const [width, height] of SIZES) {
      await screen.page.setViewportSize({ width, height })
      await screen.expectToFit()
    }
    await visit.page.context().close()
  })

  it('a site that is not there: a page that says so', async () => {
    const visit = await Visit.begin(room, { fresh: true })
    await visit.open('/display/atlantide')
    await new ProblemPage(visit, 'not-found').arrive()
    await visit.end()
  })
})
