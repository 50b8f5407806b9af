import { expect } from 'chai'
import { signedIn } from '../../support/staff.js'
import { inBrowser } from '../in-browser.js'
import { Visit } from '../pages/visit.js'
import { Morning } from './morning.js'

inBrowser('who may work at which counter', () => {
  let morning: Morning
  before(async () => {
    morning = await Morning.begin()
  })
  after(() => morning.end())

  const refusedAt = (status: number) => new RegExp(`^(${status} for|console: .* ${status} )`)
  const sites = (visit: Visit) =>
    visit.page.locator('.choose-site').evaluateAll((all) => all.map((el) => el.getAttribute('data-test')))

  it('who is not signed in is sent to sign in, and back', async () => {
    const visit = await Visit.begin(morning.app, { fresh: true })
    const answer = await visit.page.context().request.get(`${visit.origin}/operatore/scelta`, { maxRedirects: 0 })
    expect(answer.status()).to.equal(303)
    expect(answer.headers().location).to.equal('/entra?verso=%2Foperatore%2Fscelta')
    await visit.end()
  })

  it('an operator of another site sees and enters only that one (A1)', async () => {
    const { visit } = await morning.person({ sites: ['magenta'] })
    await visit.open('/operatore')
    expect(await sites(visit)).to.deep.equal(['site-magenta'])
    for (const path of ['/operatore/sportello/legnano-1', '/api/v1/sites/legnano/console']) {
      const answer = await visit.page.context().request.get(`${visit.origin}${path}`)
      expect(answer.status(), path).to.equal(403)
    }
    const number = await morning.idOf(await morning.walksIn())
    const paper = await visit.page.context().request.get(`${visit.origin}/operatore/numero/${number}`)
    expect(paper.status()).to.equal(403)
    await visit.end()
  })

  it('an admin sees all sites, a manager those of the account', async () => {
    const admin = await morning.person({ role: 'admin', sites: [] })
    await admin.visit.open('/operatore')
    expect(await sites(admin.visit)).to.have.length(5)
    await admin.visit.end()
    const manager = await morning.person({ role: 'manager', sites: ['legnano', 'cuggiono'] })
    await manager.visit.open('/operatore')
    expect(await sites(manager.visit)).to.deep.equal(['site-legnano', 'site-cuggiono'])
    await manager.visit.end()
  })

  it('the device remembers the counter, and forgets nothing of it at a wrong one', async () => {
    const desk = await morning.console('legnano-2')
    await desk.visit.open('/operatore')
    expect(desk.page.url()).to.match(/legnano-2$/)
    await desk.test('change').click()
    await desk.page.locator('a[href$="legnano-3"]').click()
    await desk.find()
    await desk.visit.open('/operatore')
    expect(desk.page.url()).to.match(/legnano-3$/)
    const answer = await desk.visit.open('/operatore/sportello/legnano-99').then(() => desk.page.title())
    expect(answer).to.contain('Non trovato')
    await desk.visit.end()
  })

  it('serves only the services that were chosen when opening', async () => {
    const desk = await morning.console('legnano-3')
    await desk.test('visit').getByText('Accesso diretto').click()
    await desk.press('counter')
    await desk.said('opened')
    const pickUp = await morning.walksIn('punto-ritiro', { senior: true })
    await desk.sees(desk.row(pickUp), desk.word('list.first'))
    await desk.sees(desk.row('D001'), desk.word('list.notHere'))
    await desk.press('next')
    await desk.has(pickUp)
    await desk.visit.end()
  })

  it('whose sites are changed is told at once, and works no more there (A1)', async () => {
    const desk = await morning.openConsole('legnano-1', { username: 'dario' })
    const admin = await signedIn(morning.app, { username: 'capo', role: 'admin' })
    await admin.patch('/staff/dario', { sites: ['magenta'] })
    await desk.test('forbidden').waitFor()
    expect(await desk.allowed()).to.deep.equal([])
    await desk.page.locator('[data-test=forbidden] a').click()
    expect(await sites(desk.visit)).to.deep.equal(['site-magenta'])
    desk.visit.forgive(refusedAt(403))
    await desk.visit.end()
  })

  it('whose account is closed is out at once', async () => {
    const desk = await morning.openConsole('legnano-1', { username: 'elsa' })
    const admin = await signedIn(morning.app, { username: 'capo2', role: 'admin' })
    await admin.patch('/staff/elsa', { active: false })
    await desk.page.waitForURL(/\/entra\?verso=%2Foperatore%2Fsportello%2Flegnano-1$/)
    desk.visit.forgive(refusedAt(401))
    desk.visit.forgive(refusedAt(404))
    await desk.visit.end()
  })

  it('who signs out is out on the server as well (A2)', async () => {
    const desk = await morning.console('legnano-1', { username: 'fabio' })
    await desk.test('sign-out').click()
    await desk.page.waitForURL(/\/entra$/)
    const answer = await desk.page.context().request.get(`${desk.visit.origin}/api/v1/sites/legnano/console`)
    expect(answer.status()).to.equal(401)
    desk.visit.forgive(refusedAt(404))
    await desk.visit.end()
  })
})
