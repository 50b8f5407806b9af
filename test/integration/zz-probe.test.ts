import { expect } from 'chai'
import { startApp } from '../support/app.js'
import { aVisitor, aRule, THE_DAY, visitorOf } from '../support/builders.js'
import { forEachEngine } from '../support/engines.js'
import { AppProcess } from '../support/process.js'
import { SmtpInbox } from '../support/smtp.js'

forEachEngine((engine) => {
  it('books', async function () {
    const inbox = await SmtpInbox.create()
    const t0 = performance.now()
    const app = await startApp(engine, { inbox })
    const t1 = performance.now()
    await app.saveCalendar({ rules: [aRule({ seats: 1 })] })
    const booked = await app.api.post('/bookings', { site: 'legnano', service: 'scelta-revoca', start: `${THE_DAY}T08:30:00+01:00`, visitor: { ...aVisitor(), phone: undefined } })
    console.log(engine.name, t1 - t0 | 0, booked.status, JSON.stringify(booked.body).slice(0, 300))
    const race = await Promise.all(Array.from({ length: 50 }, (_, i) => { const { phone: _p, ...visitor } = visitorOf(i); return app.api.post('/bookings', { site: 'legnano', service: 'scelta-revoca', start: `${THE_DAY}T08:45:00+01:00`, visitor }) }))
    console.log(race.map((a) => a.status).sort().join(' '))
    const mail = await inbox.waitFor((m) => m.to.includes('maria.rossi@example.org'))
    console.log(mail.parsed.subject)
    const t2 = performance.now()
    await app.close()
    console.log('close', performance.now() - t2 | 0)
  })
  it('as a process', async function () {
    this.timeout(40000)
    const url = await engine.freshUrl()
    const p = await AppProcess.create({ env: { ...(url && { DATABASE_URL: url }), DEMO_CLOCK: '2026-11-23T09:00:00+01:00' } })
    const t0 = performance.now(); await p.start(); const t1 = performance.now()
    console.log('start', t1 - t0 | 0, p.output.split('\n').slice(-6))
    console.log('stop', await p.stop(), performance.now() - t1 | 0)
    await p.start(); await p.kill()
    const bad = await AppProcess.create({ env: { PORT: 'x', NODE_ENV: 'production' } })
    console.log('bad', await bad.runToEnd(), bad.output)
  })
})
