/** An answer of the JSON API. `body` is parsed JSON, or the text when it is none. */
export interface Answer {
  status: number
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it expects to be there
  body: any
  headers: Headers
}

interface Call {
  body?: unknown
  headers?: Record<string, string>
}

/** Speaks to a running app as a program outside does: real sockets, JSON, `/api/v1` in front of every path. */
export class ApiClient {
  constructor(readonly url: string) {}

  get(path: string, headers?: Record<string, string>): Promise<Answer> {
    return this.call('GET', path, headers ? { headers } : {})
  }

  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> {
    return this.call('POST', path, { body, ...(headers && { headers }) })
  }

  delete(path: string): Promise<Answer> {
    return this.call('DELETE', path)
  }

  async call(method: string, path: string, { body, headers = {} }: Call = {}): Promise<Answer> {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    const json = (answer.headers.get('content-type') ?? '').includes('json')
    return { status: answer.status, body: json ? JSON.parse(text) : text, headers: answer.headers }
  }
}
