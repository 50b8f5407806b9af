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

/** Runs a program over the module; @returns what is printed and, from its last line, what it gives. */
async function gives(program: string): Promise<{ printed: string; given: Record<string, unknown> }> {
  const source = `import { again, runBeside } from './scripts/beside.mjs'
    const given = await (async () => { ${program} })()
    console.log(JSON.stringify(given))`
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', source])
  const lines = stdout.trim().split('\n')
  return { given: JSON.parse(lines.pop() ?? '') as Record<string, unknown>, printed: lines.join('\n') }
}

/** Runs jobs that say a word and end; @returns what is printed and, from its last line, the sums. */
async function beside(...jobs: Job[]): Promise<{ printed: string; sums: Record<string, unknown> }> {
  const all = jobs.map(({ name, says = '', counts = false, exits = 0, takes = 0 }) => ({
    name,
    counts,
    command: process.execPath,
    args: ['-e', `console.log(${JSON.stringify(says)}); setTimeout(() => process.exit(${exits}), ${takes})`],
  }))
  const { printed, given } = await gives(`return runBeside(${JSON.stringify(all)}, { lanes: 2, minutes: 0.1 })`)
  return { printed, sums: given }
}

describe('runs beside each other (scripts/beside.mjs)', function () {
  this.timeout(20_000)

  it('adds up the last counts of each, and gives what each said in one piece under its name', async () => {
    const { printed, sums } = await beside(
      { name: 'one', says: '1 passed, 0 failed, 0 skipped\nNot run: x\n4 passed, 0 failed, 1 skipped', counts: true },
      { name: 'two', says: '2 passed, 0 failed, 0 skipped', counts: true },
      { name: 'lint', says: '9 passed, 9 failed, 9 skipped' },
    )
    expect(sums).to.deep.equal({ passed: 6, failed: 0, skipped: 1, notices: ['Not run: x'], failedFiles: [] })
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

  describe('a file in which something failed', () => {
    const first = 'Failed in test/a.test.ts (4 passed, 2 failed, 1 skipped): one; two\n4 passed, 2 failed, 1 skipped'

    it('is named with what became of it', async () => {
      const { sums } = await beside({ name: 'a', says: first, counts: true, exits: 2 })
      expect(sums).to.deep.include({ passed: 4, failed: 2, skipped: 1 })
      expect(sums.failedFiles).to.deep.equal([
        { file: 'test/a.test.ts', titles: 'one; two', passed: 4, failed: 2, skipped: 1 },
      ])
    })

    const second = async (says: string, exits: number) => {
      const files = [{ file: 'test/a.test.ts', titles: 'one; two', passed: 4, failed: 2, skipped: 1 }]
      const job = { args: ['-e', `console.log(${JSON.stringify(says)}); process.exit(${exits})`], counts: true }
      const { given } = await gives(
        `const job = { ...${JSON.stringify(job)}, command: process.execPath }
        const change = await again(${JSON.stringify(files)}, (file) => ({ ...job, name: file }), 0.1)
        return { ...change, unsteady: [...change.unsteady] }`,
      )
      return given
    }

    it('counts as it ends the second time, and is called unsteady when all has passed then', async () => {
      expect(await second('6 passed, 0 failed, 1 skipped', 0)).to.deep.equal({
        passed: 2,
        failed: -2,
        skipped: 0,
        notices: [],
        unsteady: ['test/a.test.ts'],
      })
    })

    it('has failed when something fails again, or when the second run comes to no count', async () => {
      const again = 'Failed in test/a.test.ts (5 passed, 1 failed, 1 skipped): two\n5 passed, 1 failed, 1 skipped'
      expect(await second(again, 1)).to.deep.include({ passed: 1, failed: -1, unsteady: [] })
      expect(await second('', 0)).to.deep.include({ passed: -4, failed: -1, unsteady: [] })
    })
  })
})
