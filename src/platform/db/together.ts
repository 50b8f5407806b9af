import { isWorthRetrying } from './db-errors.js'

/**
 * What a unit of work asks at the same time: on a server it goes in one piece, in the order of asking (send-together.ts).
 * Goes on when all of it has ended, so that nothing of a part that failed is still on its way while the unit is undone,
 * and throws then what the first of them threw – a refusal only when none of them says that the transaction is over (1213):
 * nothing can be undone in part then, and nobody may be refused on what was read. No savepoints in it: what others ask
 * would fall into them.
 */
export async function together<const T extends readonly unknown[]>(
  asked: T,
): Promise<{ -readonly [Place in keyof T]: Awaited<T[Place]> }> {
  const ended = await Promise.allSettled(asked)
  const over = ended.find((each) => each.status === 'rejected' && isWorthRetrying(each.reason))
  return (over ? [over] : ended).map((each) => {
    if (each.status === 'rejected') throw each.reason
    return each.value
  }) as { -readonly [Place in keyof T]: Awaited<T[Place]> }
}
