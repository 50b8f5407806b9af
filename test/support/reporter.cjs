const { relative } = require('node:path')
const { reporters } = require('mocha')

/** How many of the files that took longest are named. */
const SLOWEST = 8

/**
 * mocha's spec reporter, then the files that took longest, one line for each kind of suite that did not run, and the counts
 * alone on the last line: `N passed, N failed, N skipped`, which CI reads and mocha itself does not print.
 */
module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options)
    const times = timesOfFiles(runner)
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats
      const notices = [...(globalThis[Symbol.for('turno.test.notices')] ?? [])]
      const counts = `${passes} passed, ${failures} failed, ${pending} skipped`
      process.stdout.write([...slowest(times), ...notices, counts, ''].join('\n'))
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
