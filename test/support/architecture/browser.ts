import { isShape } from './arrows.js'
import { type Import, importsOf, type SourceFile } from './scan.js'

/** The display's own copy of Socket.IO's client goes with it into one file; other pages load the one the server serves. */
const OWN_COPY = 'public/js/display/feed.ts'
/** What that client can do, as a type. */
const KNOWS_CLIENT = 'public/js/kit/feed.ts'

const isType = ({ statement }: Import): boolean => /^import type\b/.test(statement)
const isBrowsers = (path: string): boolean => path.startsWith('public/js/')

const isClient = (found: Import): boolean =>
  found.to === 'socket.io-client' && (found.from === OWN_COPY || (found.from === KNOWS_CLIENT && isType(found)))

function browserFault(found: Import): string | null {
  const { from, to, ours } = found
  // An address, such as /socket.io/…, is nothing of ours and no package.
  if (!ours) return to === '' || isClient(found) ? null : `${from} may not import ${to}`
  if (isBrowsers(to)) return null
  if (!isShape(to)) return `${from} imports ${to}: of src, browser code knows shapes alone`
  return isType(found) ? null : `${from} imports ${to}: only its types`
}

/** Sentences are of the same kind: a shape may know how they are called, for the browser's keys are typed too. */
function shapeFault(found: Import): string | null {
  const { from, to } = found
  if (!isType(found)) return `${from} imports more than types`
  return isShape(to) || to.startsWith('src/messages/it/') ? null : `${from} imports ${to}, which is no shape`
}

/**
 * What the browser's code may know of the server's: types of what it is given, from `*.shape.ts`, which themselves know
 * nothing but types – so no line of the server gets into a page, and no library's types into the browser's.
 */
export const browserFaults = (files: readonly SourceFile[]): string[] =>
  files
    .flatMap(importsOf)
    .map((found) => (isBrowsers(found.from) ? browserFault(found) : isShape(found.from) ? shapeFault(found) : null))
    .filter((fault) => fault !== null)
