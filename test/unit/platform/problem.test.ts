import { expect } from 'chai'
import { AppError, conflict, malformed, notAllowed, notFound, unavailable } from '../../../src/kernel/app-error.js'
import { LANGS, translator } from '../../../src/messages/index.js'
import { expectedError, fieldMessage, problemOf, statusOf } from '../../../src/platform/http/problem.js'

describe('errors as answers', () => {
  const statuses: [error: AppError, status: number][] = [
    [malformed('invalid'), 400],
    [new AppError('unauthenticated', 'x'), 401],
    [new AppError('forbidden', 'csrf-failed'), 403],
    [notFound(), 404],
    [malformed('method-not-allowed'), 405],
    [conflict('slot-full'), 409],
    [malformed('too-large'), 413],
    [malformed('unsupported-type'), 415],
    [notAllowed('invalid'), 422],
    [new AppError('too-many', 'too-many-requests', { retryAfterSeconds: 3 }), 429],
    [unavailable('database-away'), 503],
  ]
  for (const [error, status] of statuses) {
    it(`${error.kind} ${error.code}: ${status}, with a sentence in both languages`, () => {
      expect(statusOf(error)).to.equal(status)
      for (const lang of LANGS) {
        const problem = problemOf(error, translator(lang))
        expect(problem).to.include({ status, code: error.code, type: `urn:turno:problem:${error.code}` })
        expect(problem.title).to.match(/^\S.+/).and.not.include('problems.')
        expect(problem.detail)
          .to.match(/\.$/)
          .and.not.match(/problems\.|\{\{/)
      }
    })
  }

  it('a 409 state carries the state found', () =>
    expect(problemOf(conflict('state', { state: 'cancelled' }), translator('it'))).to.include({ state: 'cancelled' }))

  it('a field’s fault has its own sentence, or the general one of its code', () => {
    const t = translator('it')
    const { errors } = problemOf(
      notAllowed('invalid', { errors: [{ field: 'visitor.taxCode', code: 'taxCode.checkLetter' }] }),
      t,
    )
    expect(errors?.[0]?.message).to.match(/errore di battitura/)
    expect(fieldMessage(t, 'range', { min: 1, max: 6 })).to.equal('Valore non ammesso: da 1 a 6.')
    expect(fieldMessage(t, 'nobody-knows-this')).to.match(/\.$/)
  })

  const foreign: [title: string, error: unknown, code: string | null][] = [
    ['a body that is too large', { type: 'entity.too.large', status: 413 }, 'too-large'],
    ['too many form fields', { type: 'parameters.too.many', status: 413 }, 'too-large'],
    ['broken JSON', { type: 'entity.parse.failed', status: 400 }, 'broken-json'],
    ['an unknown charset', { type: 'charset.unsupported', status: 415 }, 'unsupported-type'],
    ['an unknown encoding', { type: 'encoding.unsupported', status: 415 }, 'unsupported-type'],
    ['a missing CSRF token', { code: 'EBADCSRFTOKEN', status: 403 }, 'csrf-failed'],
    ['broken percent-encoding', new URIError('URI malformed'), 'broken-request'],
    ['a request that was cut', { type: 'request.aborted', status: 400 }, 'broken-request'],
    [
      'a client that goes in the middle',
      { type: 'request.aborted', code: 'ECONNABORTED', status: 400 },
      'broken-request',
    ],
    ['a TypeError of ours', new TypeError('x is not a function'), null],
    ['a 500 of a library', { status: 500 }, null],
    ['nothing', undefined, null],
    ['a text', 'oops', null],
  ]
  for (const [title, error, code] of foreign) {
    it(`${title}: ${code ?? 'a bug'}`, () => expect(expectedError(error)?.code ?? null).to.equal(code))
  }
})
