import { type Import, importsOf, type SourceFile } from './scan.js'

/**
 * Which libraries a file may import, by its path; the first pattern that fits decides. A library that is not listed is
 * forbidden; adding one needs a decision record. `node:` modules are judged by `NODE`.
 */
export const LIBRARIES: readonly [pattern: RegExp, allowed: readonly string[]][] = [
  [/^src\/(commands\/)?[^/]+\.ts$/, ['express', 'socket.io', 'typeorm', 'better-sqlite3']],
  [/^src\/kernel\//, ['luxon']],
  [/^src\/messages\//, ['i18next']],
  // Plain calculation: `rrule` and `date-holidays` are its judges in the tests, and nothing of it (docs/decisions/031).
  [/^src\/recurrence\//, []],
  [/^src\/platform\/config\.ts$/, ['joi']],
  [/^src\/platform\/edge\.ts$/, ['express']],
  [/^src\/platform\/log\.ts$/, ['pino']],
  [/^src\/platform\/metrics\.ts$/, ['prom-client', 'express']],
  [/^src\/platform\/booking-metrics\.ts$/, ['prom-client']],
  [/^src\/platform\/redis\.ts$/, ['redis']],
  [/^src\/platform\/pages\/qr\.ts$/, ['qrcode']],
  [/^src\/platform\/pages\/form\.ts$/, ['joi']],
  [/^src\/platform\/pages\/when-words\.ts$/, ['luxon']],
  [/^src\/platform\/pages\/view-engine\.ts$/, ['ejs']],
  [/^src\/platform\/pages\/(bundles|page|page-headers)\.ts$/, ['express', 'compression']],
  [/^src\/platform\/db\//, ['typeorm', 'mysql2', 'better-sqlite3']],
  [/^src\/platform\/.*\.entity\.ts$/, ['typeorm']],
  [/^src\/platform\/jobs\//, ['node-cron', 'typeorm']],
  [/^src\/platform\/mail\/mail-address\.ts$/, ['@hapi/address']],
  [/^src\/platform\/mail\/mail-view\.ts$/, ['ejs']],
  [/^src\/platform\/mail\/mail-metrics\.ts$/, ['prom-client']],
  [/^src\/platform\/restore\//, ['typeorm']],
  [/^src\/platform\/mail\//, ['nodemailer', 'typeorm', 'ejs', 'prom-client']],
  [/^src\/platform\/sockets\//, ['socket.io', '@socket.io/redis-adapter', 'redis']],
  [/^src\/platform\/http\/.*\.forms\.ts$/, ['joi']],
  [/^src\/platform\/http\/kept-answers\.ts$/, ['express', 'typeorm']],
  [/^src\/platform\/http\/watch\.routes\.ts$/, ['express', 'prom-client']],
  [
    /^src\/platform\/http\//,
    ['express', 'helmet', 'compression', 'cookie-parser', 'csrf-csrf', 'ejs', 'joi', 'rate-limiter-flexible'],
  ],
  [/^src\/notices\/[^/]*calendar[^/]*\.ts$/, ['ical-generator']],
  [/^src\/staff\/common-passwords\.ts$/, ['@zxcvbn-ts/language-common']],
  [/^src\/staff\/password-hash\.ts$/, ['@node-rs/argon2']],
  [/^src\/staff\/totp\.ts$/, ['otpauth']],
  [/^src\/access\/(permit|page-permit|who-asks)\.ts$/, ['express']],
  [/^src\/demo-day\//, []],
  [/^src\/[a-z-]+\/[^/]+\.(store|entity)\.ts$/, ['typeorm']],
  [/^src\/[a-z-]+\/[^/]+\.pages\.ts$/, ['typeorm', 'luxon']],
  [/^src\/[a-z-]+\/[^/]+\.forms\.ts$/, ['joi']],
  [/^src\/[a-z-]+\/[^/]+\.routes\.ts$/, ['express']],
  [/^src\/[a-z-]+\/[^/]+\.sockets\.ts$/, ['socket.io']],
  [/^src\/[a-z-]+\/[^/]+-rules\.ts$/, ['luxon']],
  [/^src\/[a-z-]+\/[^/.]+\.ts$/, ['luxon']],
]

/** Node's own modules: kernel and recurrences need none, and only platform and main touch files, sockets and processes. */
const NODE: readonly [pattern: RegExp, allowed: RegExp][] = [
  [/^src\/(kernel|recurrence)\//, /^$/],
  [/^src\/(platform\/|commands\/|[^/]+\.ts)/, /^node:/],
  [/^src\/demo-day\//, /^node:(crypto|timers\/promises)$/],
  [/-rules\.ts$/, /^$/],
  [/^src\//, /^node:(crypto|module|path|url|fs|fs\/promises)$/],
]

/**
 * The one handle that any room may hold without knowing TypeORM: the database, as a type, to hand its manager to a store
 * for a read outside a unit of work. Kernel, recurrences and rules have no use for it.
 */
const isHandle = ({ from, to, statement }: Import): boolean =>
  to === 'typeorm' &&
  statement.startsWith('import type { DataSource } from') &&
  !/^src\/(kernel|recurrence)\/|-rules\.ts$/.test(from)

function mayImport(found: Import): boolean {
  const { from, to } = found
  if (to.startsWith('node:')) return NODE.find(([pattern]) => pattern.test(from))?.[1].test(to) ?? false
  return isHandle(found) || (LIBRARIES.find(([pattern]) => pattern.test(from))?.[1].includes(to) ?? false)
}

/** Imports of libraries that the table does not give to that file. */
export const libraryFaults = (files: readonly SourceFile[]): string[] =>
  files
    .flatMap(importsOf)
    .filter((found) => !found.ours && !mayImport(found))
    .map(({ from, to }) => `${from} may not import ${to}`)
