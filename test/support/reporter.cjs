const { relative } = require('node:path')
const { reporters } = require('mocha')

/** How many of the files that took longest are named. */
const SLOWEST = 8

/**
 * mocha's spec reporter, then the files that took longest, one line for each kind of suite that did not run, one for each
 * file in which something failed, and the counts alone on the last line: `N passed, N failed, N skipped`, which CI reads
 * and mocha itself does not print.
 */
module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options)
    const times = timesOfFiles(runner)
    const countOf = countFiles(runner)
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats
      const notices = [...(globalThis[Symbol.for('turno.test.notices')] ?? [])]
      const counts = `${passes} passed, ${failures} failed, ${pending} skipped`
      process.stdout.write([...slowest(times), ...notices, ...failed(countOf), counts, ''].join('\n'))
    })
  }
}

/** Milliseconds by file, hooks included: from the start of a file's suites to their end. */
function timesOfFiles(runner) {
  const times = new Map()
  const starts = new Map()
  const isOfFile = (suite) => suite.parent?.root === true
  runner.on('suite', (suite) => isOfFile(suite) && starts.set(suite, performance.now()))
  runner.on('suite end', (suite) => {
    if (!isOfFile(suite)) return
    times.set(suite.file, (times.get(suite.file) ?? 0) + performance.now() - starts.get(suite))
  })
  return times
}

/** Nothing where all was quick. */
function slowest(times) {
  const longest = [...times].filter(([, ms]) => ms >= 5000).sort(([, one], [, other]) => other - one)
  return longest.slice(0, SLOWEST).map(([file, ms]) => `${Math.round(ms / 1000)} s ${relative(process.cwd(), file)}`)
}

/** @returns {Map<string, { passes: number, failures: string[], pending: number }>} what became of each file's tests */
function countFiles(runner) {
  const files = new Map()
  const of = (runnable) => {
    // A hook of all files has none itself.
    const file = runnable.file ?? runnable.ctx?.currentTest?.file ?? ''
    if (!files.has(file)) files.set(file, { passes: 0, failures: [], pending: 0 })
    return files.get(file)
  }
  runner.on('pass', (test) => of(test).passes++)
  runner.on('pending', (test) => of(test).pending++)
  runner.on('fail', (test) => of(test).failures.push(test.fullTitle()))
  return files
}

/** `Failed in FILE (N passed, N failed, N skipped): the titles`: what scripts/test.mjs runs once more. */
function failed(files) {
  return [...files]
    .filter(([, { failures }]) => failures.length > 0)
    .map(([file, { passes, failures, pending }]) => {
      const counts = `${passes} passed, ${failures.length} failed, ${pending} skipped`
      return `Failed in ${relative(process.cwd(), file)} (${counts}): ${failures.join('; ')}`.replaceAll('\n', ' ')
    })
}
