import type { Counter } from '../counters/index.js'
import type { Tx } from '../platform/db/tx.js'
import type { Api } from '../platform/http/api.js'
import type { Operation } from '../platform/http/operation.js'
import type { Answer } from '../platform/http/kept-answers.js'
import {
  counterParams,
  emptyBody,
  type NextBody,
  nextBody,
  type OpenBody,
  openBody,
  reasonBody,
} from './queue.forms.js'
import { counterView } from './queue.pages.js'
import { makeSeen, pressOf, type QueueRouteDeps, siteFinders } from './route-deps.js'

type Body<B> = NonNullable<Operation<unknown, unknown, B>['body']>

interface Press {
  counterId: string
  who: string
  session: string
}

interface Button<B> {
  body: Body<B>
  act: (tx: Tx, press: Press, body: B) => Promise<Answer>
  answers: Record<number, string>
}

export const makeCounterAnswer =
  ({ reader }: Pick<QueueRouteDeps, 'reader'>) =>
  async (tx: Tx, counter: Counter, status = 200): Promise<Answer> => ({
    status,
    body: { counter: counterView(counter, await reader.inside(tx, counter.siteId)) },
  })

/** The operator's buttons on a counter: `POST /counters/{counter}/…` of contract.md. */
export function addCounterWorkRoutes(api: Api, deps: QueueRouteDeps): void {
  const add = makeAdd(api, deps)
  addOpenAndClose(add, deps)
  addPauses(add, deps)
  addNext(add, deps)
}

type Add = ReturnType<typeof makeAdd>

function makeAdd(api: Api, { permit, dataSource }: QueueRouteDeps) {
  const before = permit('queue:work', siteFinders(dataSource).ofCounter)
  return <B>(name: string, summary: string, { body, act, answers }: Button<B>) =>
    api.add({
      method: 'post',
      path: `/counters/:counter/${name}`,
      summary,
      params: counterParams,
      body,
      limit: 'staff',
      answers: { 404: 'unknown-counter', ...answers },
      before,
      write: (tx, { params, body: sent, req }) => act(tx, { counterId: params.counter, ...pressOf(req) }, sent),
    })
}

function addOpenAndClose(add: Add, deps: QueueRouteDeps): void {
  const { queue } = deps
  const answer = makeCounterAnswer(deps)
  add<OpenBody>(
    'open',
    'Opens a counter for today, for some services or all; takeOver: from whoever works there (Q8)',
    {
      body: openBody,
      answers: { 200: '{ counter }', 409: 'counter-taken with operator', 422: 'not-offered' },
      act: async (tx, press, { services, takeOver }) =>
        answer(tx, await queue.openCounter(tx, { ...press, serviceIds: services, takeOver })),
    },
  )
  add('close', 'Closes a counter, whoever’s it is; the visit there is completed', {
    body: emptyBody,
    answers: { 200: '{ counter }' },
    act: async (tx, press) => answer(tx, await queue.closeCounter(tx, press)),
  })
}

function addPauses(add: Add, deps: QueueRouteDeps): void {
  const { queue } = deps
  const answer = makeCounterAnswer(deps)
  const answers = { 200: '{ counter }', 409: 'counter-closed, counter-taken with operator' }
  add<{ reason: string }>('pause', 'The counter calls nobody until it goes on, and estimates know it (Q8)', {
    body: reasonBody,
    answers,
    act: async (tx, press, { reason }) => answer(tx, await queue.pauseCounter(tx, { ...press, reason })),
  })
  add('resume', 'Goes on after a pause', {
    body: emptyBody,
    answers,
    act: async (tx, press) => answer(tx, await queue.resumeCounter(tx, press)),
  })
}

function addNext(add: Add, deps: QueueRouteDeps): void {
  const seen = makeSeen(deps)
  add<NextBody>('next', 'Calls who is first in order (Q1, Q3); outcome: of who was called and not started (Q5)', {
    body: nextBody,
    answers: {
      200: '{ ticket, reason } or { ticket: null }',
      409: 'counter-closed, counter-taken with operator, counter-paused, state',
    },
    act: async (tx, press, { outcome }) => {
      const { ticket, reason } = await deps.queue.callNext(tx, { ...press, outcome })
      return { status: 200, body: ticket ? { ticket: await seen(tx, ticket), reason } : { ticket: null } }
    },
  })
}
