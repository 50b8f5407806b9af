import { spawn } from 'node:child_process'

/**
 * Runs jobs beside each other, `lanes` at a time, in the order given: the long ones first, so that none is left alone at
 * the end. What a job prints comes in one piece when it has ended, so that a failure stands beside its test.
 *
 * @typedef {object} Job
 * @property {string} name
 * @property {string} command
 * @property {string[]} args
 * @property {Record<string, string>} [env] beside ours
 * @property {boolean} [counts] its last line says `N passed, N failed, N skipped`
 *
 * @typedef {object} FailedFile a file of tests in which something failed, with what became of all in it
 * @property {string} file
 * @property {string} titles
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {Record<string, string>} [env] that it was run with
 *
 * @param {Job[]} jobs
 * @param {{ lanes: number, minutes: number }} limits a job that takes longer is ended and has failed
 * @returns {Promise<{ passed: number, failed: number, skipped: number, notices: string[], failedFiles: FailedFile[] }>}
 *   a job without counts counts when it fails: one. `notices`: what could not be run on this machine
 */
export async function runBeside(jobs, { lanes, minutes }) {
  const waiting = [...jobs]
  const sums = { passed: 0, failed: 0, skipped: 0, notices: [], failedFiles: [] }
  const lane = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      const result = await runJob(job, minutes)
      report(job, result, add(sums, job, result))
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return sums
}

/**
 * Runs files in which something failed once more, one after the other with the machine for themselves.
 *
 * @param {FailedFile[]} files
 * @param {(file: string) => Job} jobOf
 * @param {number} minutes for each
 * @returns {Promise<{ passed: number, failed: number, skipped: number, notices: string[], unsteady: Set<string> }>} what
 *   that changes in the sums, and the files of which everything has passed now
 */
export async function again(files, jobOf, minutes) {
  const change = { passed: 0, failed: 0, skipped: 0, notices: [], unsteady: new Set() }
  for (const { file, env, ...before } of files) {
    const job = jobOf(file)
    const now = await runBeside([{ ...job, name: `${job.name}, once more by itself`, env }], { lanes: 1, minutes })
    for (const key of ['passed', 'failed', 'skipped']) change[key] += now[key] - before[key]
    change.notices.push(...now.notices)
    if (now.failed === 0) change.unsteady.add(file)
  }
  return change
}

const COUNTS = /^(\d+) passed, (\d+) failed, (\d+) skipped$/gm
const FAILED_FILE = /^Failed in (\S+) \((\d+) passed, (\d+) failed, (\d+) skipped\): (.*)$/gm

/** @returns {number} how often it has failed */
function add(sums, job, { ok, output }) {
  const counts = job.counts ? [...output.matchAll(COUNTS)].at(-1) : undefined
  const [passed, failed, skipped] = counts ? counts.slice(1).map(Number) : [0, 0, 0]
  for (const [line] of output.matchAll(/^Not run: .*$/gm)) sums.notices.push(line)
  if (counts)
    for (const [, file, ...rest] of output.matchAll(FAILED_FILE)) {
      const [titles, ...numbers] = [rest.pop(), ...rest.map(Number)]
      sums.failedFiles.push({ file, titles, passed: numbers[0], failed: numbers[1], skipped: numbers[2], env: job.env })
    }
  sums.passed += passed
  sums.skipped += skipped
  // A run that ends without a count, or badly with a count of none, has failed once more than it says.
  const failures = failed + ((job.counts && !counts) || (!ok && failed === 0) ? 1 : 0)
  sums.failed += failures
  return failures
}

function report({ name }, { seconds, output }, failures) {
  console.log(`== ${name}: ${failures === 0 ? 'ok' : 'FAILED'}, ${seconds} s`)
  for (const line of output.replace(/\n$/, '').split('\n')) console.log(`   | ${line}`)
}

const groups = new Set()
process.once('exit', () => groups.forEach(killGroup))
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))

/** A run of mocha is several processes; all of them end. */
function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

/** @returns {Promise<{ ok: boolean, seconds: number, output: string }>} */
function runJob({ command, args, env = {} }, minutes) {
  const from = performance.now()
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    detached: true, // a group of its own
  })
  if (child.pid !== undefined) groups.add(child.pid)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  const late = setTimeout(() => {
    output += `\nended after ${minutes} minutes\n`
    killGroup(child.pid)
  }, minutes * 60_000)
  return new Promise((done) => {
    const end = (ok) => {
      clearTimeout(late)
      groups.delete(child.pid)
      done({ ok, seconds: Math.round((performance.now() - from) / 1000), output })
    }
    child.once('error', (error) => {
      output += `${error.message}\n`
      end(false)
    })
    child.once('close', (code) => end(code === 0))
  })
}
