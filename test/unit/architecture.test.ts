import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import {
  ARROWS,
  arrowFaults,
  circles,
  drawnArrows,
  unusedArrows,
  unusedDoorNames,
} from '../support/architecture/arrows.js'
import { browserFaults } from '../support/architecture/browser.js'
import { libraryFaults } from '../support/architecture/libraries.js'
import { importsOf, readFiles, type SourceFile } from '../support/architecture/scan.js'
import { sizeFaults, textFaults } from '../support/architecture/text-rules.js'
import { shapeFaults, viewFaults } from '../support/architecture/views.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')
const sources = readFiles(ROOT, 'src', ['.ts'])
const browser = readFiles(ROOT, 'public/js', ['.js', '.ts', '.mjs'])
const views = existsSync(join(ROOT, 'views')) ? readFiles(ROOT, 'views', ['.ejs']) : []

describe('the house keeps its own rules (docs/decisions/001)', () => {
  it('is looked at whole', () => {
    expect(sources.length).to.be.greaterThan(30)
    expect(sources.flatMap(importsOf).length).to.be.greaterThan(60)
    expect(browser.length).to.be.greaterThan(40)
    expect(browser.flatMap(importsOf).length).to.be.greaterThan(100)
  })

  it('has its arrows one way, through front doors only', () => expect(arrowFaults(sources)).to.deep.equal([]))

  it('draws no arrow that nobody goes, and shows nothing at a door that nobody takes', () =>
    expect([...unusedArrows(sources), ...unusedDoorNames(sources)]).to.deep.equal([]))

  it('has no files that know each other', () => expect(circles(sources)).to.deep.equal([]))

  it('is drawn as it is in docs/architecture.md, and every file named there exists', () => {
    const map = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8')
    expect(map.match(/[a-z-]+ --> [a-z-]+/g)).to.have.members(drawnArrows())
    const named = [...map.matchAll(/`((?:[a-z-]+\/)+[a-z.-]+\.ts)`/g)].map(([, path]) => path ?? '')
    expect(named.length).to.be.greaterThan(8)
    expect(named.filter((path) => ![path, `src/${path}`].some((at) => existsSync(join(ROOT, at))))).to.deep.equal([])
  })

  it('has browser code that knows types of the server, and shapes that know nothing else', () =>
    expect(browserFaults([...sources, ...browser])).to.deep.equal([]))

  it('uses each library only where it belongs', () => expect(libraryFaults(sources)).to.deep.equal([]))

  it('asks the rrule library in one file of the tests alone (docs/decisions/031)', () => {
    const asking = readFiles(ROOT, 'test', ['.ts']).filter((each) => importsOf(each).some(({ to }) => to === 'rrule'))
    // The faults planted below are named in this file too.
    const others = asking.map(({ path }) => path).filter((path) => path !== 'test/unit/architecture.test.ts')
    expect(others).to.deep.equal(['test/unit/recurrence/rrule-judge.ts'])
  })

  it('keeps the habits of the house', () => expect(textFaults(sources)).to.deep.equal([]))

  it('has files a reader can hold: 200 lines of code, 120 of a view', () => {
    const code = sources.filter(({ path }) => !path.startsWith('src/messages/'))
    expect([...sizeFaults([...code, ...browser], 200), ...sizeFaults(views, 120)]).to.deep.equal([])
  })

  it('has views that escape everything and need no inline script or style', () =>
    expect(viewFaults(views)).to.deep.equal([]))

  it('has views that say where their shapes stand, and they stand there', () =>
    expect(shapeFaults(views, sources)).to.deep.equal([]))

  it('has no two rooms that know each other', () => {
    const known = (room: string): string[] => (ARROWS[room] ?? []).flatMap((other) => [other, ...known(other)])
    for (const room of Object.keys(ARROWS)) expect(known(room), room).not.to.include(room)
  })
})

const file = (path: string, text: string): SourceFile[] => [{ path, text }]

describe('the check of the house finds', () => {
  const arrows: [name: string, path: string, text: string][] = [
    ['an arrow upwards', 'src/sites/site.ts', "import { x } from '../bookings/index.js'"],
    ['a room behind its door', 'src/citizen/home.ts', "import { x } from '../bookings/booking.js'"],
    ['a room behind its door, for a type', 'src/citizen/home.ts', "import type { X } from '../seats/seats.store.js'"],
    ['a re-export over a forbidden arrow', 'src/seats/index.ts', "export * from '../bookings/index.js'"],
    ['an import over several lines', 'src/seats/a.ts', "import {\n  a,\n  b,\n} from '../notices/index.js'"],
    ['an import that waits', 'src/seats/a.ts', "const x = await import('../notices/index.js')"],
    ['platform that knows a room', 'src/platform/http/a.ts', "import { x } from '../../sites/index.js'"],
    ['kernel that imports anything of ours', 'src/kernel/a.ts', "import { x } from '../messages/index.js'"],
    ['somebody who knows the wiring', 'src/citizen/a.ts', "import { makeApp } from '../wiring.js'"],
    ['a way out of src', 'src/bookings/a.ts', "import { x } from '../../test/support/builders.js'"],
    ['a room nobody has drawn', 'src/extras/a.ts', "import { x } from '../sites/index.js'"],
  ]
  for (const [name, path, text] of arrows) it(name, () => expect(arrowFaults(file(path, text))).to.have.length(1))

  it('files that know each other, for a type too and over a third', () => {
    const ring = [
      ...file('src/seats/a.ts', "import { b } from './b.js'"),
      ...file('src/seats/b.ts', "import type { C } from './c.js'"),
      ...file('src/seats/c.ts', "import { a } from './a.js'\nimport { d } from './d.js'"),
      ...file('src/seats/d.ts', ''),
    ]
    expect(circles(ring)).to.deep.equal([['src/seats/a.ts', 'src/seats/b.ts', 'src/seats/c.ts']])
  })

  it('an arrow that nobody goes, a name that nobody takes', () => {
    const [, ...others] = unusedArrows(file('src/seats/a.ts', "import { x } from '../sites/index.js'"))
    expect(others).to.include('seats → scheduling').and.not.include('seats → sites')
    const door = file('src/sites/index.ts', "export { x, type Y } from './x.js'\nexport { z as w } from './z.js'")
    const taken = file('src/seats/a.ts', "import { x } from '../sites/index.js'")
    expect(unusedDoorNames([...door, ...taken])).to.deep.equal(['src/sites/index.ts Y', 'src/sites/index.ts w'])
  })

  const shapes: [name: string, path: string, text: string][] = [
    [
      'a page that runs what is the server’s',
      'public/js/display/a.ts',
      "import { x } from '../../../src/queue/a.shape.js'",
    ],
    ['a page that knows a room', 'public/js/a.ts', "import type { X } from '../../src/queue/index.js'"],
    ['a page that knows a file of a room', 'public/js/a.ts', "import type { X } from '../../src/queue/ticket.js'"],
    ['a page that takes a library', 'public/js/a.ts', "import { DateTime } from 'luxon'"],
    ['a shape that runs', 'src/queue/a.shape.ts', "import { x } from '../sites/lane.shape.js'"],
    ['a shape that knows a room', 'src/queue/a.shape.ts', "import type { X } from '../sites/index.js'"],
  ]
  for (const [name, path, text] of shapes) it(name, () => expect(browserFaults(file(path, text))).to.have.length(1))

  it('a shape that knows one of a room above', () => {
    const text = "import type { X } from '../queue/queue.shape.js'"
    expect(arrowFaults(file('src/sites/a.shape.ts', text))).to.have.length(1)
    expect(arrowFaults(file('src/sites/a.ts', text))).to.have.length(1)
  })

  const libraries: [name: string, path: string, text: string][] = [
    ['a library nobody has allowed', 'src/scheduling/slots.ts', "import pkg from 'rrule'"],
    ['the judge of recurrences among them', 'src/recurrence/occurrences.ts', "import pkg from 'rrule'"],
    ['the database among recurrences', 'src/recurrence/a.ts', "import type { DataSource } from 'typeorm'"],
    ['TypeORM in an action', 'src/bookings/book-slot.ts', "import type { EntityManager } from 'typeorm'"],
    ['more of TypeORM than its handle', 'src/bookings/a.ts', "import type { DataSource, In } from 'typeorm'"],
    ['the handle in rules', 'src/bookings/booking-rules.ts', "import type { DataSource } from 'typeorm'"],
    ['a deep import of a library', 'src/bookings/book-slot.ts', "import x from 'typeorm/driver/x.js'"],
    ['a required library', 'src/bookings/a.ts', "const x = createRequire(import.meta.url)('mysql2')"],
    ['a library in rules', 'src/bookings/booking-rules.ts', "import Joi from 'joi'"],
    ['node-cron outside jobs', 'src/notices/sender.job.ts', "import { schedule } from 'node-cron'"],
    ['nodemailer outside platform/mail', 'src/notices/send.ts', "import { createTransport } from 'nodemailer'"],
    ['socket.io in routes', 'src/seats/days.routes.ts', "import type { Server } from 'socket.io'"],
    ['a library in the kernel', 'src/kernel/clock.ts', "import 'reflect-metadata'"],
    ['processes in a room', 'src/notices/a.ts', "import { spawn } from 'node:child_process'"],
  ]
  for (const [name, path, text] of libraries) it(name, () => expect(libraryFaults(file(path, text))).to.have.length(1))

  const texts: [name: string, text: string][] = [
    ["the machine's clock", 'const now = new Date()'],
    ["the machine's clock by another name", 'const now = Date.now()'],
    ["luxon's clock", 'const now = DateTime.now()'],
    ['the environment', 'const port = process.env.PORT'],
    ['the console', "console.log('x')"],
    ['a view fed with the request', "res.render('home', req.query)"],
    ['trust in the Host header', "const host = req.get('Host')"],
    ['a left-over in a comment', '// TODO: later'],
    ['an asserted field', 'class A { private b!: string }'],
    ['save()', 'await tx.em.save(booking)'],
    ["the database's clock", "em.query('UPDATE t SET at = NOW()')"],
  ]
  for (const [name, text] of texts)
    it(name, () => expect(textFaults(file('src/bookings/a.ts', text))).to.have.length(1))

  const pages: [name: string, text: string][] = [
    ['unescaped output', '<p><%- visitor.name %></p>'],
    ['an inline style', '<p class="<%= a > b %>" style="color: red">x</p>'],
    ['an inline script', '<script>alert(1)</script>'],
    ['an inline handler', '<button onclick="go()">x</button>'],
    ['a script from elsewhere', '<script src="https://cdn.example/x.js"></script>'],
    ['date arithmetic in a view', '<%= new Date(at).getDay() %>'],
  ]
  for (const [name, text] of pages) it(name, () => expect(viewFaults(file('views/a.ejs', text))).not.to.deep.equal([]))

  it('a shape of a view that stands elsewhere', () =>
    expect(
      shapeFaults(
        file('views/a.ejs', '<%# shape: Page (src/home/a.ts) %>'),
        file('src/home/a.ts', 'interface Pages {}'),
      ),
    ).to.have.length(1))

  it('a file that is too long', () => expect(sizeFaults(file('src/a.ts', 'x\n'.repeat(201)), 200)).to.have.length(1))
})

describe('the check of the house lets pass', () => {
  it('the database as a handle, to hand on to a store', () => {
    const text = "import type { DataSource } from 'typeorm'"
    expect(libraryFaults(file('src/bookings/no-show.job.ts', text))).to.deep.equal([])
  })

  it('what only looks like a fault: comments, strings, patterns', () => {
    const text = [
      "// import { x } from '../notices/index.js'",
      "/* new Date() and process.env */ const a = 'console.log and new Date()'",
      'const b = /[\'"`]/ // a quote in a pattern must not hide what follows',
      'const c = new Date(0)',
    ].join('\n')
    const planted = file('src/seats/a.ts', text)
    expect([...arrowFaults(planted), ...libraryFaults(planted), ...textFaults(planted)]).to.deep.equal([])
  })

  it('types of a shape, to a page and to another shape', () => {
    const known = [
      ...file('public/js/kiosk/a.ts', "import type { X } from '../../../src/queue/queue.shape.js'"),
      ...file('src/queue/a.shape.ts', "import type { Lane } from '../sites/lane.shape.js'"),
    ]
    expect([...browserFaults(known), ...arrowFaults(known.slice(1))]).to.deep.equal([])
  })

  it('an included layout and a script file of our own', () => {
    const text = `<%- include('../layout/head', { title }) %><script src="/js/hold.js" defer></script>`
    expect(viewFaults(file('views/a.ejs', text))).to.deep.equal([])
  })
})
