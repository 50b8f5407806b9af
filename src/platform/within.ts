/** @throws what `late` makes when the work takes longer; what becomes of the work then, nobody is told */
export async function within<T>(work: Promise<T>, deadlineMs: number, late: () => Error): Promise<T> {
  const result = await firstOf(work, deadlineMs)
  if (result === LATE) throw late()
  return result
}

/** Waits for the work, but no longer than that; it goes on all the same. @throws what the work throws until then */
export async function waitAtMost(work: Promise<unknown>, deadlineMs: number): Promise<void> {
  await firstOf(work, deadlineMs)
}

const LATE = Symbol('late')

async function firstOf<T>(work: Promise<T>, deadlineMs: number): Promise<T | typeof LATE> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(resolve, deadlineMs, LATE)
  })
  try {
    return await Promise.race([work, tooLate])
  } finally {
    clearTimeout(timer)
  }
}
