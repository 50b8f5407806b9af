import { Writable } from 'node:stream'
import { expect } from 'chai'
import { QueryFailedError } from 'typeorm'
import { AppError } from '../../../src/kernel/app-error.js'
import { VISITOR_FIELDS } from '../../../src/kernel/visitor-fields.js'
import { type Log, makeLog } from '../../../src/platform/log.js'

/** Whatever personal thing somebody may hand to the log. */
const CANARY = 'CANARY-RSSMRA85T10A562S'

function logged(write: (log: Log) => void): string {
  const lines: string[] = []
  const sink = new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) })
  write(makeLog('debug', sink))
  expect(lines).not.to.deep.equal([])
  return lines.join('')
}

describe('the log (A5, I12)', () => {
  const personal = [
    ...VISITOR_FIELDS,
    'notes',
    'token',
    'hold',
    'password',
    'to',
    'authorization',
    'cookie',
    'personHash',
    'taxCodeSealed',
    'emailKey',
    'url',
    'originalUrl',
  ]
  for (const name of personal) {
    it(`never shows ${name}, however deep in what is logged`, () => {
      const secret = { [name]: CANARY }
      const text = logged((log) => {
        log.info(secret, 'one')
        log.info({ visitor: secret, body: secret }, 'two')
        log.info({ req: { body: secret, headers: secret } }, 'three')
      })
      expect(text).not.to.include(CANARY)
      expect(text).to.include('"one"')
    })
  }

  it('shows an error’s kind and place, not what a driver hung on it: statement, parameters, refused value', () => {
    const driver = Object.assign(new Error(`Duplicate entry '${CANARY}' for key 'uq'`), {
      code: 'ER_DUP_ENTRY',
      errno: 1062,
      sql: `INSERT … ${CANARY}`,
    })
    const failed = new QueryFailedError(`INSERT … ${CANARY}`, [CANARY], driver)
    const text = logged((log) => {
      log.error({ err: failed }, 'a')
      log.error({ err: new AppError('unavailable', 'database-away', {}, { cause: failed }) }, 'b')
      log.error({ err: Object.assign(new Error('mail refused'), { envelope: { to: [CANARY] } }) }, 'c')
      log.error({ err: CANARY }, 'd')
    })
    expect(text).not.to.include(CANARY)
    expect(text)
      .to.include('ER_DUP_ENTRY')
      .and.include('database-away')
      .and.include('mail refused')
      .and.include('log.test.ts')
  })

  it('an AppError’s details are not logged', () => {
    const error = new AppError('conflict', 'slot-full', { alternatives: [CANARY] })
    expect(logged((log) => log.error({ err: error }, 'a'))).not.to.include(CANARY)
  })
})
