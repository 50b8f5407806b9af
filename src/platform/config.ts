import Joi from 'joi'
import { isLocalDay } from '../kernel/local-day.js'
import { readMailFrom } from './mail/mail-from.js'

/** Everything the environment decides, read once, frozen and passed down. Meanings and defaults: README. */
export interface Config {
  production: boolean
  /** On somebody's own machine: pages for trying out are there. Never where others could reach them (A5). */
  development: boolean
  port: number
  host: string
  /** Without a trailing slash; every link is built on it, never on the Host header (L). */
  baseUrl: string
  databaseUrl: string | null
  dataDir: string
  redisUrl: string | null
  smtpUrl: string | null
  mailFrom: string
  /** Null: made once and kept in `dataDir` (never in production). */
  appSecret: string | null
  /** The one before: read, never written with. */
  appSecretOld: string | null
  trustProxy: number
  /** The first admin; a password of null: a one-time one is made and printed once (A2). */
  admin: { username: string; password: string | null }
  rateLimits: boolean
  demoClock: Date | null
  demoData: boolean
  metricsToken: string | null
  logLevel: string
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/

const address = (...schemes: string[]) =>
  Joi.string()
    .uri({ scheme: schemes })
    .messages({ 'string.uriCustomScheme': `{#label} must be an address starting with ${schemes.join(':// or ')}://` })

const refusedIn = (production: boolean, schema: Joi.Schema, name: string) =>
  production
    ? Joi.any().custom(() => {
        throw new Error(`${name} is refused in production`)
      })
    : schema

/** Without a name MySQL would connect to no database at all, and fail at the first table. */
const databaseAddress = (text: string): string => {
  if (new URL(text).pathname.length < 2) throw new Error('DATABASE_URL must end with the name of the database')
  return text
}

const sender = (text: string): string => {
  readMailFrom(text)
  return text
}

/** Links are built by adding a path to it. */
const bareAddress = (text: string): string => {
  const { pathname, search, hash } = new URL(text)
  if (!/^\/*$/.test(pathname) || search !== '' || hash !== '')
    throw new Error('BASE_URL must be an address without a path')
  return text
}

/** True for an address that only this machine can open. */
const isLoopback = (address: string): boolean =>
  /^(?:(?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(new URL(address).hostname)

const readInstant = (text: string): Date => {
  const instant = new Date(text)
  const isReal = INSTANT.test(text) && isLocalDay(text.slice(0, 10)) && !Number.isNaN(instant.getTime())
  if (!isReal) throw new Error('DEMO_CLOCK must be an RFC 3339 instant')
  return instant
}

const settings = (production: boolean) =>
  Joi.object({
    PORT: Joi.number().integer().min(0).max(65_535).default(3000),
    HOST: Joi.string().hostname().default('127.0.0.1'),
    BASE_URL: address('http', 'https').custom(bareAddress),
    DATABASE_URL: address('mysql', 'mariadb').custom(databaseAddress),
    DATA_DIR: Joi.string().default('./var'),
    REDIS_URL: address('redis', 'rediss'),
    SMTP_URL: address('smtp', 'smtps'),
    MAIL_FROM: Joi.string().max(254).custom(sender).default('Turno <noreply@localhost>'),
    APP_SECRET: Joi.string()
      .min(32)
      .presence(production ? 'required' : 'optional'),
    APP_SECRET_OLD: Joi.string().min(32),
    TRUST_PROXY: Joi.number().integer().min(0).max(10).default(0),
    ADMIN_USERNAME: Joi.string()
      .max(60)
      .pattern(/^[A-Za-z0-9][A-Za-z0-9._@-]*$/)
      .default('admin'),
    ADMIN_PASSWORD: Joi.string().min(15).max(200),
    RATE_LIMITS: Joi.valid('on', ...(production ? [] : ['off'])).default('on'),
    DEMO_CLOCK: refusedIn(production, Joi.string().custom(readInstant), 'DEMO_CLOCK'),
    DEMO_DATA: Joi.valid('0', '1').default(production ? '0' : '1'),
    METRICS_TOKEN: Joi.string().min(16),
    LOG_LEVEL: Joi.valid('fatal', 'error', 'warn', 'info', 'debug', 'silent').default('info'),
  }).unknown()

const SENTENCES = {
  'string.uriCustomScheme': '{#label} must be an address of the scheme {{#scheme}}',
  'string.min': '{#label} must have at least {#limit} characters',
  'string.pattern.base':
    '{#label} may have letters, digits, dots, hyphens, underscores and @, and starts with a letter or digit',
  'any.custom': '{#error.message}',
}

/**
 * Reads the settings of contract.md. An empty variable counts as absent.
 * @throws Error whose message names every fault at once; no value is repeated in it, since some are secrets.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const production = given.NODE_ENV === 'production'
  const { value, error } = settings(production).validate(given, {
    abortEarly: false,
    messages: SENTENCES,
    errors: { wrap: { label: false } },
  })
  if (error)
    throw new Error(
      `Turno cannot start with these settings:\n${error.details.map((d) => `  - ${d.message}`).join('\n')}`,
    )
  const baseUrl = (value.BASE_URL ?? `http://localhost:${value.PORT}`).replace(/\/+$/, '')
  return Object.freeze({
    production,
    development: !production && isLoopback(baseUrl),
    port: value.PORT,
    host: value.HOST,
    baseUrl,
    databaseUrl: value.DATABASE_URL ?? null,
    dataDir: value.DATA_DIR,
    redisUrl: value.REDIS_URL ?? null,
    smtpUrl: value.SMTP_URL ?? null,
    mailFrom: value.MAIL_FROM,
    appSecret: value.APP_SECRET ?? null,
    appSecretOld: value.APP_SECRET_OLD ?? null,
    trustProxy: value.TRUST_PROXY,
    admin: { username: value.ADMIN_USERNAME, password: value.ADMIN_PASSWORD ?? null },
    rateLimits: value.RATE_LIMITS === 'on',
    demoClock: value.DEMO_CLOCK ?? null,
    demoData: value.DEMO_DATA === '1',
    metricsToken: value.METRICS_TOKEN ?? null,
    logLevel: value.LOG_LEVEL,
  })
}
