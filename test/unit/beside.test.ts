import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from 'chai'

const run = promisify(execFile)

interface Job {
  name: string
  says?: string
  counts?: boolean
  exits?: number
  takes?: number
}

/** Runs jobs that say a word and end; @returns what is printed and, from its last line, the sums. */
async function beside(...jobs: Job[]): Promise<{ printed: string; sums: Record<string, unknown> }> {
  const all = jobs.map(({ name, says = '', counts = false, exits = 0, takes = 0 }) => ({
    name,
    counts,
    command: process.execPath,
    args: ['-e', `console.log(${JSON.stringify(says)}); setTimeout(() => process.exit(${exits}), ${takes})`],
  }))
  const program = `import { runBeside } from './scripts/beside.mjs'
    const sums = await runBeside(${JSON.stringify(all)}, { lanes: 2, minutes: 0.1 })
    console.log(JSON.stringify(sums))`
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program])
  const lines = stdout.trim().split('\n')
  return { sums: JSON.parse(lines.pop() ?? '') as Record<string, unknown>, printed: lines.join('\n') }
}

describe('runs beside each other (scripts/beside.mjs)', function () {
  this.timeout(20_000)

  it('adds up the last counts of each, and gives what each said in one piece under its name', async () => {
    const { printed, sums } = await beside(
      { name: 'one', says: '1 passed, 0 failed, 0 skipped\nNot run: x\n4 passed, 0 failed, 1 skipped', counts: true },
      { name: 'two', says: '2 passed, 0 failed, 0 skipped', counts: true },
      { name: 'lint', says: '9 passed, 9 failed, 9 skipped' },
    )
    expect(sums).to.deep.equal({ passed: 6, failed: 0, skipped: 1, notices: ['Not run: x'] })
    expect(printed).to.match(/== one: ok, \d s\n {3}\| 1 passed.*\n {3}\| Not run: x\n {3}\| 4 passed/)
  })

  it('never takes for well what was not: no count, a bad end, a check that fails, one that does not end', async () => {
    const { printed, sums } = await beside(
      { name: 'silent', counts: true },
      { name: 'failing', says: '5 passed, 2 failed, 0 skipped', counts: true, exits: 2 },
      { name: 'late to fail', says: '3 passed, 0 failed, 0 skipped', counts: true, exits: 1 },
      { name: 'check', exits: 1 },
      { name: 'endless', takes: 60_000 },
    )
    expect(sums).to.deep.include({ passed: 8, failed: 1 + 2 + 1 + 1 + 1 })
    expect(printed).to.include('== endless: FAILED').and.to.include('ended after 0.1 minutes')
    expect(printed.match(/FAILED/g)).to.have.length(5)
  })
})
