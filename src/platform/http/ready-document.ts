import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Request } from 'express'
import { isKnown } from './etag.js'
import type { Answer } from './kept-answers.js'

/** The same for everybody, for as long as the process runs: made and packed when it is first asked for, and never again. */
export function readyDocument(make: () => unknown): (req: Request) => Answer {
  let ready: Record<'plain' | 'gzip', { body: Buffer; headers: Record<string, string> }> | undefined
  return (req) => {
    ready ??= answersOf(Buffer.from(JSON.stringify(make())))
    const { body, headers } = ready[req.acceptsEncodings('gzip') === 'gzip' ? 'gzip' : 'plain']
    return isKnown(req.headers, headers['ETag'] ?? '') ? { status: 304, headers } : { status: 200, body, headers }
  }
}

function answersOf(body: Buffer) {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22)
  const headers = (etag: string) => ({ 'Cache-Control': 'public, max-age=0', Vary: 'Accept-Encoding', ETag: etag })
  return {
    plain: { body, headers: headers(`"${hash}"`) },
    gzip: { body: gzipSync(body, { level: 9 }), headers: { ...headers(`"${hash}-gzip"`), 'Content-Encoding': 'gzip' } },
  }
}
