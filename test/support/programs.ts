import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Debian keeps servers in /usr/sbin, which is not in everybody's PATH. */
const FOLDERS = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/bin', '/usr/local/bin']

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The full path of the first of `names` that this machine has, else null. */
export function findProgram(...names: string[]): string | null {
  for (const name of names) {
    const found = FOLDERS.map((folder) => join(folder, name)).find(isExecutable)
    if (found) return found
  }
  return null
}

/** Where Debian's galera-4 puts it. */
const GALERA_LIBRARY = '/usr/lib/galera/libgalera_smm.so'

const isInstalledAll = (...names: string[]): boolean =>
  existsSync(GALERA_LIBRARY) && names.every((name) => findProgram(name) !== null)

const PROGRAMS = {
  MariaDB: { path: findProgram('mariadbd'), install: 'apt-get install mariadb-server' },
  Galera: {
    path: isInstalledAll('mariadbd', 'rsync', 'setpriv') ? GALERA_LIBRARY : null,
    install: 'apt-get install mariadb-server galera-4 rsync',
  },
  Redis: { path: findProgram('redis-server'), install: 'apt-get install redis-server' },
  Chromium: {
    path: findProgram('chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'),
    install: 'apt-get install chromium',
  },
} as const

/** An outside program that some suites need; README asks nobody to have them, CI must. */
export type Program = keyof typeof PROGRAMS

export const isInstalled = (program: Program): boolean => PROGRAMS[program].path !== null

/** Where the program is. @throws when it is missing: guard suites with `describeWith` (needs.ts). */
export function programPath(program: Program): string {
  const { path, install } = PROGRAMS[program]
  if (path === null) throw new Error(`${program} is not installed (${install})`)
  return path
}

export const howToInstall = (program: Program): string => PROGRAMS[program].install
