/** RFC 9457 as contract.md has it: why the server said no, and the facts that go with it. */
export interface Problem {
  code: string
  detail: string
  errors?: { field: string; code: string; message: string }[]
  [fact: string]: unknown
}

/** `body` is undefined when what came cannot be read. */
export interface Answer<Body = unknown> {
  status: number
  ok: boolean
  headers: Headers
  body: Body | undefined
}

interface Asked {
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  /** Sent as JSON. */
  body?: object | undefined
  /** In which problems are told; else the browser's. */
  lang?: string
  /** How long an answer is waited for; else for ever. */
  patienceMs?: number
}

/** 128 random bits: a press has one Idempotency-Key, however often it is sent (K9). `randomUUID` is only there over TLS. */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/**
 * Asks the API once. What it answers is believed to be what the contract says: `Body` is for the caller to name.
 * @param path below /api/v1
 * @throws what `fetch` throws: without an answer, or not in time
 */
export async function exchange<Body>(path: string, asked: Asked = {}): Promise<Answer<Body>> {
  const { method = 'GET', headers = {}, body, lang, patienceMs } = asked
  // `AbortSignal.timeout` is younger than the browsers of some displays.
  const stop = new AbortController()
  const timer = patienceMs === undefined ? undefined : setTimeout(() => stop.abort(), patienceMs)
  try {
    const answer = await fetch(`/api/v1${path}`, {
      method,
      headers: {
        ...headers,
        accept: 'application/json',
        ...(lang !== undefined && { 'accept-language': lang }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      cache: 'no-store',
      signal: stop.signal,
    })
    const content = (await answer.json().catch(() => undefined)) as Body | undefined
    return { status: answer.status, ok: answer.ok, headers: answer.headers, body: content }
  } finally {
    clearTimeout(timer)
  }
}
