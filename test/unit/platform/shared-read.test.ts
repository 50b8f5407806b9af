import { expect } from 'chai'
import { SharedReads } from '../../../src/platform/shared-read.js'

/** Reads that end when they are told to. */
function slowReads() {
  const open: { answer: (text: string) => void; fail: (error: Error) => void }[] = []
  const read = () => new Promise<string>((answer, fail) => void open.push({ answer, fail }))
  return { open, read }
}

describe('a read that many share', () => {
  it('is one for all who ask while it lasts, and another for who asks after it', async () => {
    const [reads, { open, read }] = [new SharedReads<string>(), slowReads()]
    const asked = [reads.of('a', read), reads.of('a', read), reads.of('a', read)]
    expect(open).to.have.length(1)
    open[0]?.answer('first')
    expect(await Promise.all(asked)).to.deep.equal(['first', 'first', 'first'])
    const later = reads.of('a', read)
    expect(open).to.have.length(2)
    open[1]?.answer('second')
    expect(await later).to.equal('second')
  })

  it('is no one’s who asks for something else', async () => {
    const [reads, { open, read }] = [new SharedReads<string>(), slowReads()]
    const asked = [reads.of('day 1', read), reads.of('day 2', read)]
    open[1]?.answer('two')
    open[0]?.answer('one')
    expect(await Promise.all(asked)).to.deep.equal(['one', 'two'])
  })

  it('fails for all who wait for it, and is tried again by who asks then', async () => {
    const [reads, { open, read }] = [new SharedReads<string>(), slowReads()]
    const asked = Promise.allSettled([reads.of('a', read), reads.of('a', read)])
    open[0]?.fail(new Error('away'))
    expect((await asked).map(({ status }) => status)).to.deep.equal(['rejected', 'rejected'])
    const again = reads.of('a', read)
    open[1]?.answer('back')
    expect(await again).to.equal('back')
  })
})
