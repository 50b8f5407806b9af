import type { Request } from 'express'

const askers = new WeakMap<Request, string>()

/** Says who asks, once that is proven: idempotency keys of different people never meet. */
export const setAsker = (req: Request, name: string): void => {
  askers.set(req, name)
}

/** The empty text for the public. */
export const askerOf = (req: Request): string => askers.get(req) ?? ''
