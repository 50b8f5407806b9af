import { expect } from 'chai'
import { oneByOne } from '../../../src/platform/db/send-together.js'
import type { Command, SendPiece } from '../../../src/platform/db/statement-deadline.js'
import { currentErrand, runErrand } from '../../../src/platform/errand.js'

const PIECE = ['first', 'second', 'third'].map((sql) => ({ sql, values: undefined }))
const [mine, another] = [{ endsAtMs: 1 }, { endsAtMs: 2 }]

/** A server that answers in somebody else's errand, as a connection does that another has opened. */
const server = (answer: (sql: string) => unknown) => {
  const asked: { sql: string; errand: unknown }[] = []
  const sendPiece: SendPiece = (piece, done) => {
    const [{ sql } = { sql: '' }, ...more] = piece
    expect(more, 'one at a time').to.deep.equal([])
    asked.push({ sql, errand: currentErrand() })
    const said = answer(sql)
    const command = said === 'unsent' ? null : { _resultIndex: 0, _rows: [said], _fields: [`fields of ${sql}`] }
    setImmediate(() =>
      runErrand(another, () => done(said === 'unsent' || said instanceof Error ? new Error('no') : null, command)),
    )
  }
  const told = runErrand(
    mine,
    () => new Promise<[unknown, Command | null]>((resolve) => oneByOne(sendPiece)(PIECE, (...all) => resolve(all))),
  )
  return { asked, told }
}

describe('statements to a node of a cluster (docs/decisions/038)', () => {
  it('each goes in the errand of who asked, with the time that is left to it (T51)', async () => {
    const { asked, told } = server((sql) => `rows of ${sql}`)
    const [error, command] = await told
    expect(error).to.equal(null)
    expect(command?._rows).to.deep.equal(['rows of first', 'rows of second', 'rows of third'])
    expect(command?._fields).to.deep.equal(['fields of first', 'fields of second', 'fields of third'])
    expect(asked.map(({ sql, errand }) => [sql, errand === mine])).to.deep.equal(PIECE.map(({ sql }) => [sql, true]))
  })

  it('nothing is sent behind the first that fails, and it is known how many were', async () => {
    for (const [said, sent] of [
      [new Error('no'), 2],
      ['unsent', 1],
    ] as const) {
      const { asked, told } = server((sql) => (sql === 'second' ? said : sql))
      const [error, command] = await told
      expect(error).to.be.an('error')
      expect({ answered: command?._resultIndex, sent: command?.sent }).to.deep.equal({ answered: 1, sent })
      expect(asked.map(({ sql }) => sql)).to.deep.equal(['first', 'second'])
    }
  })
})
