import { expect } from 'chai'
import { readConfig } from '../../../src/platform/config.js'

const SECRET = 'a-secret-that-must-never-be-printed'
const PRODUCTION = { NODE_ENV: 'production', APP_SECRET: SECRET }

const messageOf = (env: Record<string, string>): string => {
  try {
    readConfig(env)
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('these settings were accepted')
}

describe('settings (contract.md)', () => {
  it('nothing set: the demo on this machine', () => {
    expect(readConfig({})).to.deep.include({
      production: false,
      port: 3000,
      host: '127.0.0.1',
      baseUrl: 'http://localhost:3000',
      databaseUrl: null,
      dataDir: './var',
      redisUrl: null,
      smtpUrl: null,
      appSecret: null,
      trustProxy: 0,
      rateLimits: true,
      demoClock: null,
      demoData: true,
    })
  })

  it('is frozen: nobody changes it on the way', () => expect(Object.isFrozen(readConfig({}))).to.equal(true))

  const read: [env: Record<string, string>, part: object][] = [
    [{ PORT: '8080' }, { port: 8080, baseUrl: 'http://localhost:8080' }],
    [{ BASE_URL: 'https://turno.example///' }, { baseUrl: 'https://turno.example' }],
    [
      { PORT: '', APP_SECRET: '', DATABASE_URL: '' },
      { port: 3000, appSecret: null, databaseUrl: null },
    ],
    [{ DATABASE_URL: 'mysql://u:p@h:1/d' }, { databaseUrl: 'mysql://u:p@h:1/d' }],
    [{ DATABASE_URL: 'mariadb://u:p@h/d' }, { databaseUrl: 'mariadb://u:p@h/d' }],
    [{ RATE_LIMITS: 'off' }, { rateLimits: false }],
    [{ DEMO_DATA: '0' }, { demoData: false }],
    [{ DEMO_CLOCK: '2026-11-24T09:00:00+01:00' }, { demoClock: new Date('2026-11-24T08:00:00Z') }],
    [{ TRUST_PROXY: '2' }, { trustProxy: 2 }],
    [{ SOMETHING_ELSE: 'of the machine' }, { port: 3000 }],
    [PRODUCTION, { production: true, demoData: false, appSecret: SECRET }],
  ]
  for (const [env, part] of read) {
    it(`reads ${Object.keys(env).join(', ')}`, () => expect(readConfig(env)).to.deep.include(part))
  }

  const refused: [env: Record<string, string>, named: string][] = [
    [{ PORT: 'http' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ PORT: '-1' }, 'PORT'],
    [{ HOST: 'not a host' }, 'HOST'],
    [{ BASE_URL: 'turno.example' }, 'BASE_URL'],
    [{ BASE_URL: 'ftp://turno.example' }, 'BASE_URL'],
    [{ BASE_URL: 'https://turno.example/a' }, 'BASE_URL'],
    [{ BASE_URL: 'https://turno.example/?a=1' }, 'BASE_URL'],
    [{ DATABASE_URL: 'postgres://u:p@h/d' }, 'DATABASE_URL'],
    [{ DATABASE_URL: 'mariadb://u:p@h' }, 'DATABASE_URL'],
    [{ REDIS_URL: 'localhost:6379' }, 'REDIS_URL'],
    [{ SMTP_URL: 'mail.example' }, 'SMTP_URL'],
    [{ APP_SECRET: 'short' }, 'APP_SECRET'],
    [{ TRUST_PROXY: 'true' }, 'TRUST_PROXY'],
    [{ RATE_LIMITS: 'no' }, 'RATE_LIMITS'],
    [{ DEMO_CLOCK: 'tomorrow' }, 'DEMO_CLOCK'],
    [{ DEMO_CLOCK: '2026-11-24T09:00:00' }, 'DEMO_CLOCK'],
    [{ DEMO_CLOCK: '2026-02-31T09:00:00Z' }, 'DEMO_CLOCK'],
    [{ DEMO_DATA: 'yes' }, 'DEMO_DATA'],
    [{ ADMIN_USERNAME: 'Mario Rossi' }, 'ADMIN_USERNAME'],
    [{ ADMIN_PASSWORD: 'fourteen chars' }, 'ADMIN_PASSWORD'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ NODE_ENV: 'production' }, 'APP_SECRET'],
    [{ ...PRODUCTION, RATE_LIMITS: 'off' }, 'RATE_LIMITS'],
    [{ ...PRODUCTION, DEMO_CLOCK: '2026-11-24T09:00:00+01:00' }, 'DEMO_CLOCK'],
  ]
  for (const [env, named] of refused) {
    it(`refuses ${JSON.stringify(env).replaceAll(SECRET, '…')}, naming ${named}`, () =>
      expect(messageOf(env)).to.match(new RegExp(`^  - .*${named}`, 'm')))
  }

  const admins: [env: Record<string, string>, username: string, password: string | null][] = [
    [{}, 'admin', null],
    [{ ADMIN_PASSWORD: 'fifteen letters' }, 'admin', 'fifteen letters'],
    [{ ADMIN_USERNAME: 'giulia' }, 'giulia', null],
    [{ ADMIN_USERNAME: 'giulia', ADMIN_PASSWORD: 'fifteen letters' }, 'giulia', 'fifteen letters'],
  ]
  for (const [env, username, password] of admins) {
    it(`the first admin of ${JSON.stringify(env)} is ${username}, the password ${password === null ? 'made' : 'given'}`, () =>
      expect(readConfig(env).admin).to.deep.equal({ username, password }))
  }

  it('names all faults at once, each in a line of its own, and repeats no value', () => {
    const secret = 'hunter2-hunter2'
    const wrong = {
      NODE_ENV: 'production',
      APP_SECRET: secret,
      PORT: `9${secret}`,
      DATABASE_URL: `postgres://user:${secret}@host/db`,
      REDIS_URL: `http://:${secret}@host`,
      SMTP_URL: `ftp://user:${secret}@host`,
      METRICS_TOKEN: 'hunter2',
      DEMO_CLOCK: secret,
      RATE_LIMITS: secret,
    }
    const message = messageOf(wrong)
    const lines = message.split('\n').slice(1)
    for (const name of Object.keys(wrong).filter((key) => key !== 'NODE_ENV')) {
      expect(
        lines.filter((line) => line.includes(name)),
        name,
      ).to.have.length(1)
    }
    expect(message).not.to.include('hunter2')
  })
})
