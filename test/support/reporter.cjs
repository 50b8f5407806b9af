const { reporters } = require('mocha')

/**
 * mocha's spec reporter, then one line for each kind of suite that did not run, then the counts alone on the last line:
 * `N passed, N failed, N skipped`, which CI reads and mocha itself does not print.
 */
module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options)
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats
      const notices = [...(globalThis[Symbol.for('turno.test.notices')] ?? [])]
      const counts = `${passes} passed, ${failures} failed, ${pending} skipped`
      process.stdout.write([...notices, counts, ''].join('\n'))
    })
  }
}
