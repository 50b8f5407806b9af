import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import compression from 'compression'
import express, { type RequestHandler } from 'express'
import { currentErrand, msLeft } from '../../../src/platform/errand.js'
import { makeErrorHandler } from '../../../src/platform/http/error-handler.js'
import { guardAnswers } from '../../../src/platform/http/one-answer.js'
import { requestErrand } from '../../../src/platform/http/request-errand.js'
import { makeHeadOf, makeSend } from '../../../src/platform/http/send.js'
import { makeLog } from '../../../src/platform/log.js'

const DEADLINE_MS = 40
const PATIENT_MS = 10_000
const views = `${import.meta.dirname}/../../../views`

/** Every way in which a handler may come back late; `fallen` are the errors that nobody caught. */
const LATE: Record<string, RequestHandler> = {
  send: (_req, res) => res.send('late'),
  json: (_req, res) => res.status(201).json({ late: true }),
  render: (_req, res) => res.render('mail/nobody-has-this'),
  problem: (_req, res) => res.render('errors/problem', { title: 'late', problem: { status: 200, detail: '' } }),
  redirect: (_req, res) => res.redirect(303, '/elsewhere'),
  'a file': (_req, res) => res.sendFile(import.meta.filename),
  'cookies and headers': (_req, res) => {
    res.cookie('late', '1').clearCookie('other').append('X-Late', '1').setHeader('X-Later', '1')
    res.removeHeader('X-Late')
    res.type('txt').vary('X').end('late')
  },
  'head and body': (_req, res) => {
    res.writeHead(200, { 'Content-Type': 'text/plain' })
    res.write('late')
    res.end()
  },
  'an error': () => Promise.reject(new Error('late')),
  'an error that nobody catches': () => {
    setTimeout(() => {
      throw new Error('uncaught')
    }, 1)
  },
}

describe('one answer to each request (T50)', () => {
  let server: Server
  let url: string
  const fallen: unknown[] = []
  const logged: string[] = []
  const uncaught = (error: unknown) => {
    const errand = currentErrand()
    if (errand?.fail) errand.fail(error)
    else fallen.push(error)
  }
  // Mocha would take them for failures of its own.
  const mochas = process.listeners('uncaughtException')
  const unhandled = process.listeners('unhandledRejection')

  before(async () => {
    process.removeAllListeners('uncaughtException').removeAllListeners('unhandledRejection')
    process.on('uncaughtException', uncaught).on('unhandledRejection', uncaught)
    const log = makeLog('error', { write: (line) => void logged.push(line) })
    const onError = makeErrorHandler(log, makeSend(makeHeadOf(false)))
    const app = express().set('view engine', 'ejs').set('views', views)
    guardAnswers(app)
    app.use('/late', requestErrand(onError, DEADLINE_MS))
    app.use(requestErrand(onError, PATIENT_MS), compression())
    Object.values(LATE).forEach((handler, n) => {
      app.get(`/late/${n}`, async (req, res, next) => {
        await sleep(2 * DEADLINE_MS)
        return handler(req, res, next)
      })
      app.get(`/now/${n}`, handler)
    })
    app.get('/left', (_req, res) => {
      res.json(msLeft())
    })
    app.get('/twice', (_req, res) => {
      res.send('first')
      setTimeout(() => res.send('second'), 1)
    })
    app.use(onError)
    server = createServer(app)
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(() => {
    process.removeAllListeners('uncaughtException').removeAllListeners('unhandledRejection')
    for (const listener of mochas) process.on('uncaughtException', listener)
    for (const listener of unhandled) process.on('unhandledRejection', listener)
    server.close()
    server.closeAllConnections()
  })
  afterEach(async () => {
    await sleep(3 * DEADLINE_MS)
    expect(fallen.splice(0)).to.deep.equal([])
  })

  const ask = (path: string, accept: string) =>
    fetch(url + path, { redirect: 'manual', headers: { accept, 'accept-encoding': 'gzip' } })

  Object.keys(LATE).forEach((name, n) => {
    it(`what comes late is a 503, and the late ${name} arrives nowhere`, async () => {
      for (const accept of ['text/html', 'application/json']) {
        const answer = await ask(`/late/${n}`, accept)
        expect([answer.status, answer.headers.get('retry-after')]).to.deep.equal([503, '2'])
        expect(await answer.text()).to.not.match(/late/)
        for (const header of ['set-cookie', 'location', 'x-late', 'x-later'])
          expect(answer.headers.get(header)).to.equal(null)
      }
      await sleep(3 * DEADLINE_MS)
      const troubles = logged.splice(0).filter((line) => !line.includes('the page of a problem could not be shown'))
      expect(troubles, troubles.join('')).to.have.length(name.startsWith('an error') ? 2 : 0)
    })
  })

  it('in time, each way answers as it did', async () => {
    const statuses = await Promise.all(
      Object.keys(LATE).map(async (_name, n) => (await ask(`/now/${n}`, 'application/json')).status),
    )
    expect(statuses).to.deep.equal([200, 201, 500, 500, 303, 200, 200, 200, 500, 500])
  })

  it('who answers twice has answered once, and the request that did it is the only one that notices', async () => {
    expect(await (await ask('/twice', 'application/json')).text()).to.equal('first')
  })

  it('what a request starts knows how long it may take; what belongs to the process has no end', async () => {
    expect(await (await ask('/left', 'application/json')).json()).to.be.within(PATIENT_MS / 2, PATIENT_MS)
    expect(msLeft()).to.equal(Number.POSITIVE_INFINITY)
  })
})
