import { expect } from 'chai'
import { AppError } from '../../../src/kernel/app-error.js'
import { PasswordLine } from '../../../src/staff/password-line.js'

describe('where passwords wait to be hashed (A2)', () => {
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) => (error instanceof AppError ? `${error.kind} ${error.code}` : 'another error'),
    )
  /** Work that goes on until all are told to end. */
  const held = () => {
    let end: () => void = () => undefined
    const promise = new Promise<void>((resolve) => (end = resolve))
    return { work: () => promise, end: () => end() }
  }

  it('24 strangers at most, 8 of one network; the others are told at once; places are given back', async () => {
    const [line, gate] = [new PasswordLine(), held()]
    const attempt = (network: string) => codeOf(line.attempt(network, gate.work))
    const inside = Array.from({ length: 24 }, (_, index) => attempt(`net${index % 3}`))
    expect(await attempt('net0')).to.equal('too-many too-many-requests')
    expect(await attempt('net9')).to.equal('unavailable sign-in-busy')
    gate.end()
    expect(new Set(await Promise.all(inside))).to.deep.equal(new Set(['done']))
    expect(await attempt('net0')).to.equal('done')
  })

  it('who was slowed down and waits keeps no place from who comes for the first time', async () => {
    const [line, gate] = [new PasswordLine(), held()]
    const sleepers = Array.from({ length: 24 }, (_, index) => codeOf(line.slowDown(`net${index % 3}`, gate.work)))
    expect(await codeOf(line.attempt('net0', () => Promise.resolve()))).to.equal('done')
    expect(await codeOf(line.attempt('net9', () => Promise.resolve()))).to.equal('done')
    expect(await codeOf(line.slowDown('net0', gate.work))).to.equal('too-many too-many-requests')
    gate.end()
    expect(new Set(await Promise.all(sleepers))).to.deep.equal(new Set(['done']))
  })

  it('a stranger’s hash that never ends keeps nobody who is known', async () => {
    const [line, gate] = [new PasswordLine(), held()]
    const stranger = line.hash(gate.work, true)
    expect(await line.hash(() => Promise.resolve('known'))).to.equal('known')
    gate.end()
    await stranger
  })
})
