import { howToInstall, isInstalled, type Program } from './programs.js'

const NOTICES = Symbol.for('turno.test.notices')

/** Adds a line that the reporter prints just before its counts; the same line is printed once. Read by reporter.cjs. */
export function notice(line: string): void {
  const holder = globalThis as { [NOTICES]?: Set<string> }
  holder[NOTICES] ??= new Set()
  holder[NOTICES].add(line)
}

const requireAll = (): boolean => process.env['CI'] === 'true'

/**
 * `describe` for a suite that needs an outside program. Without it the suite counts as skipped and the run says so in one
 * line; with CI=true its absence is a failure, so that a green CI never means "not looked at".
 */
export function describeWith(program: Program, title: string, body: () => void): void {
  if (isInstalled(program)) {
    describe(title, body)
  } else if (requireAll()) {
    describe(title, () => {
      it(`needs ${program}`, () => {
        throw new Error(`CI=true, but ${program} is not installed (${howToInstall(program)})`)
      })
    })
  } else {
    notice(`Not run: suites that need ${program}, which is not installed (${howToInstall(program)})`)
    describe.skip(title, body)
  }
}
