import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { visitorOf } from '../../support/builders.js'
import { CountedLine } from '../../support/counted-line.js'
import { MARIADB } from '../../support/engines.js'
import { describeWith } from '../../support/needs.js'
import { type NICOLO, toSummary } from './journey.js'
import { WebVisit } from './web-visit.js'

const MOST = 20

/** The second person's walk: what the house reads once, the first has paid for. */
describeWith('MariaDB', 'how often one who books by pages is asked of the database (docs/decisions/034, 035)', () => {
  let app: TestApp
  let line: CountedLine
  before(async () => {
    const freshUrl = async () => {
      const url = new URL((await MARIADB.freshUrl()) as string)
      line = await CountedLine.to(Number(url.port))
      url.port = String(line.port)
      return url.href
    }
    app = await startApp({ name: 'mariadb', freshUrl }, { settings: { RATE_LIMITS: 'on' } })
  })
  after(async () => {
    await app.close()
    await line.close()
  })

  const walk = async (visitor: Partial<typeof NICOLO>): Promise<string> => {
    const visit = new WebVisit(app.url)
    await visit.get('/')
    const summary = await toSummary(visit, { visitor })
    return (await visit.submit(summary, '/prenota/riepilogo')).address
  }

  it('twenty times at most, from the first page to the confirmation, limits and all', async () => {
    expect(await walk({})).to.equal('/prenota/conferma')
    line.asked.length = 0
    const { taxCode, email } = visitorOf(2)
    expect(await walk({ taxCode, email })).to.equal('/prenota/conferma')
    expect(line.asked.length, line.asked.map((sql) => sql.slice(0, 200)).join('\n\n')).to.be.within(8, MOST)
  })
})
