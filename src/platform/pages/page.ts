import type { Response } from 'express'

/**
 * Ties a view to the shape it shows: `const showHome = page<HomePage>('citizen/home')`. Only fields built by the
 * room's `*.pages.ts` reach a view, never a request's body or query (T25).
 */
export const page =
  <Shape extends object>(view: string) =>
  (res: Response, shape: Shape, status = 200): void => {
    res.status(status).render(view, shape)
  }
