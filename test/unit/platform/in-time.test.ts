import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import express from 'express'
import { AppError } from '../../../src/kernel/app-error.js'
import { makeErrorHandler } from '../../../src/platform/http/error-handler.js'
import { inTime, pagesInTime } from '../../../src/platform/http/in-time.js'
import { makeSend } from '../../../src/platform/http/send.js'
import { makeLog } from '../../../src/platform/log.js'

describe('a deadline for whoever waits (T05)', () => {
  it('work that is done in time gives its answer or its error', async () => {
    expect(await inTime(Promise.resolve(7), 50)).to.equal(7)
    expect(await inTime(Promise.reject(new Error('no')), 50).catch((error: Error) => error.message)).to.equal('no')
  })

  it('work that hangs is unavailable; its end, good or bad, then troubles nobody', async () => {
    const failing = sleep(40).then(() => Promise.reject(new Error('late')))
    for (const work of [new Promise(() => undefined), failing]) {
      const error = await inTime(work, 10).catch((reason: unknown) => reason)
      expect(error).to.be.instanceOf(AppError).and.to.include({ kind: 'unavailable', code: 'database-busy' })
    }
    await sleep(50)
  })

  it('a page that hangs is a 503 with Retry-After, and what it sends later is dropped', async () => {
    const onError = makeErrorHandler(makeLog('silent'), makeSend(false))
    const app = express().use(pagesInTime(onError, 20))
    let finished = false
    app.get('/late', async (_req, res) => {
      await sleep(60)
      finished = true
      res.send('late')
    })
    app.get('/quick', (_req, res) => {
      res.send('quick')
    })
    app.use(onError)
    const server = createServer(app)
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const late = await fetch(`${url}/late`, { headers: { accept: 'application/json' } })
    expect([late.status, late.headers.get('retry-after')]).to.deep.equal([503, '2'])
    expect(((await late.json()) as { code: string }).code).to.equal('database-busy')
    await sleep(80)
    expect(finished).to.equal(true)
    expect(await (await fetch(`${url}/quick`)).text()).to.equal('quick')
    server.close()
    server.closeAllConnections()
  })
})
