import type { Express } from 'express'

/** One way in: what was registered with the app, whichever room did it. */
export interface Way {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** The pattern, `/api/v1/bookings/:token`. */
  path: string
}

interface Layer {
  slash: boolean
  match: (path: string) => boolean
  route?: { path: string | string[]; methods: Record<string, boolean> }
  handle: { stack?: Layer[] }
}

/** Where routers may be mounted; Express keeps no name of it. */
const MOUNTS = ['/api/v1', '/assets', '/css', '/svg', '/fonts']

/** Every route of the running app, so that a test about all of them meets new ones too. */
export function waysOf(web: Express): Way[] {
  const { stack } = web.router as unknown as { stack: Layer[] }
  const seen = new Map<string, Way>()
  for (const way of inside(stack, '')) seen.set(`${way.method} ${way.path}`, way)
  return [...seen.values()]
}

const inside = (stack: readonly Layer[], base: string): Way[] =>
  stack.flatMap((layer) => {
    const { route, handle } = layer
    if (route)
      return [route.path].flat().flatMap((path) =>
        Object.keys(route.methods)
          // `all` answers 405 to the others.
          .filter((method) => route.methods[method] && method !== '_all')
          .map((method) => ({ method: method.toUpperCase() as Way['method'], path: base + path })),
      )
    return handle.stack ? inside(handle.stack, base + mountOf(layer)) : []
  })

function mountOf(layer: Layer): string {
  if (layer.slash) return ''
  const mount = MOUNTS.find((path) => layer.match(path))
  if (mount === undefined) throw new Error('a router is mounted where routes.ts does not know it')
  return mount
}

/** The way with its parts filled in: `values` by name, or by the whole pattern before it (`/numero/:token`). */
export const addressOf = ({ path }: Way, values: Record<string, string>): string =>
  path.replace(/:([A-Za-z]+)|\*\w+/g, (whole, name: string | undefined, offset: number) => {
    const value = values[path.slice(0, offset) + whole] ?? values[name ?? whole]
    if (value === undefined) throw new Error(`${path}: no value for ${whole}`)
    return value
  })
