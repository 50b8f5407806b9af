import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { extname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { RequestHandler } from 'express'

/** Pictures and fonts are packed already. */
const TYPES = /\.(?:css|js|mjs|svg|json|txt|webmanifest)$/

const PACK = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes, { level: 9 }),
}
type Encoding = keyof typeof PACK
const ENCODINGS = Object.keys(PACK) as Encoding[]

interface Packed {
  changedMs: number
  bytes: Buffer
  etag: string
}

/**
 * Files of a folder, compressed once for each way of packing and kept: who asks for the style sheet again and again makes
 * nobody pack half a megabyte again. Goes before `express.static`, which has everything else: other files and ranges, and
 * who takes nothing packed. Only what lies there at the start is ever looked for, so that no address leads elsewhere.
 */
export function packedFiles(folder: string, cacheControl: string): RequestHandler {
  const files = new Map(filesIn(folder).map((file) => [`/${relative(folder, file)}`, file]))
  const kept = new Map<string, Promise<Packed>>()

  const packed = async (file: string, encoding: Encoding): Promise<Packed> => {
    const { mtimeMs } = await stat(file)
    const key = `${encoding} ${file}`
    const known = await kept.get(key)
    if (known?.changedMs === mtimeMs) return known
    const made = pack(file, encoding, mtimeMs)
    kept.set(key, made)
    made.catch(() => kept.delete(key))
    return made
  }

  return async (req, res, next) => {
    const file = files.get(req.path)
    if (file === undefined || (req.method !== 'GET' && req.method !== 'HEAD')) return next()
    res.vary('Accept-Encoding')
    const encoding = req.headers.range === undefined ? req.acceptsEncodings(...ENCODINGS) : false
    if (encoding !== 'br' && encoding !== 'gzip') return next()
    const { bytes, etag } = await packed(file, encoding)
    res.set({ 'Cache-Control': cacheControl, ETag: etag })
    if (req.fresh) return void res.status(304).end()
    res.type(extname(file)).set('Content-Encoding', encoding).send(bytes)
  }
}

async function pack(file: string, encoding: Encoding, changedMs: number): Promise<Packed> {
  const text = await readFile(file)
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 22)
  return { changedMs, bytes: await PACK[encoding](text), etag: `"${hash}-${encoding}"` }
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && TYPES.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
