import { expect } from 'chai'
import { MatterEntity, MatterStore } from '../../../src/matters/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { aMatter } from '../../support/builders.js'
import { booked } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'

const ENGLISH = { 'accept-language': 'en' }

describe('what people come for', () => {
  forEachEngine((engine) => {
    let app: TestApp
    before(async function () {
      this.timeout(60_000)
      app = await startApp(engine)
    })
    after(() => app.close())

    const add = (...matters: ReturnType<typeof aMatter>[]) =>
      app.unitOfWork.run(async (tx) => {
        await new MatterStore(tx.em).add(...matters)
        tx.afterCommit(() => app.events.publish('matters.changed', {}))
      })
    const listed = async (headers?: Record<string, string>) =>
      (await app.api.get('/matters', headers)).body.matters as Record<string, unknown>[]
    const one = async (id: string, headers?: Record<string, string>) =>
      (await listed(headers)).find((matter) => matter['id'] === id)

    it('M1: are listed with the ways in order of preference, what to bring and the weight', async () => {
      const matters = await listed()
      expect(matters).to.have.length.above(5)
      for (const matter of matters) expect(matter).to.have.all.keys('id', 'text', 'ways', 'documents', 'weight')
      expect(await one('esenzione-reddito')).to.deep.equal({
        id: 'esenzione-reddito',
        text: 'Esenzione dal ticket per reddito',
        ways: [{ kind: 'fse' }, { kind: 'pharmacy', condition: 'Per le esenzioni E02, E12, E13, E30 ed E40.' }],
        documents: [{ text: 'Documento di identità valido' }, { text: 'Tessera sanitaria o codice fiscale' }],
        weight: 1,
      })
      const { ways } = (await one('cambio')) as { ways: { kind: string; service?: string }[] }
      expect(ways.map(({ kind }) => kind)).to.deep.equal(['fse', 'pharmacy', 'booked'])
      expect(ways[2]?.service).to.equal('scelta-revoca')
    })

    it('M1: speak the language asked for, conditions and documents too', async () => {
      const { text, ways, documents } = (await one('cambio', ENGLISH)) as Record<string, unknown>
      expect(text).to.equal('Change doctor or paediatrician, at the same address')
      expect(JSON.stringify([ways, documents]))
        .to.include('Under the same conditions.')
        .and.include('if you come for')
    })

    it('M1: ways lead to services that there are', async () => {
      const { services } = (await app.api.get('/services')).body as { services: { id: string }[] }
      const rows = await app.database.dataSource.manager.find(MatterEntity)
      for (const { id, ways, weight, isExample } of rows) {
        expect(ways, id).to.have.length.above(0)
        expect([weight >= 1 && weight <= 3, isExample], id).to.deep.equal([true, true])
        for (const { service } of ways)
          if (service !== null)
            expect(
              services.map((each) => each.id),
              id,
            ).to.include(service)
      }
    })

    it('M1: one more row is in the list at once, in its place', async () => {
      const mine = aMatter({ id: 'esenzione-patologia', nameIt: 'Esenzione per patologia', position: 99 })
      await add(mine)
      expect((await listed()).at(-1)).to.deep.equal({
        id: mine.id,
        text: mine.nameIt,
        ways: [{ kind: 'booked', service: 'scelta-revoca' }],
        documents: [{ text: 'Documento di identità' }],
        weight: 1,
      })
    })

    it('M1: where nobody has configured any, the list is empty and bookings go on', async () => {
      await app.unitOfWork.run(async (tx) => {
        await tx.em.createQueryBuilder().delete().from(MatterEntity).execute()
        tx.afterCommit(() => app.events.publish('matters.changed', {}))
      })
      expect(await listed()).to.deep.equal([])
      await booked(app, 91)
    })
  })
})
