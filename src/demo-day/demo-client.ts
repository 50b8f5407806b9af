import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

interface Answer<Body> {
  status: number
  /** As contract.md has it; a problem for refusals. */
  body: Body & { code?: string; detail?: string; csrfToken?: string }
}

/** Of a press while the server restarts; the first, before anybody is signed in, is tried once. */
const TRIES = 30
const AGAIN_MS = 1000

interface Press {
  method: string
  path: string
  body: object | undefined
  key: string
}

/** One browser at a counter of the demo: keeps its session, sends each press once however often it must be repeated. */
export class DemoClient {
  username = ''
  private cookie = ''
  private csrfToken = ''

  /** @param url of the running demo, without a slash at its end */
  constructor(private readonly url: string) {}

  /** @throws Error in words when nobody answers or the password is not right */
  async signIn(username: string, password: string): Promise<void> {
    const { status } = await this.send('POST', '/session', { username, password })
    this.username = username
    if (status !== 200) throw new Error(`The demo at ${this.url} did not let ${username} in: ${status}.`)
  }

  /** @throws Error for anything but 200 */
  async get<Body>(path: string): Promise<Body> {
    const { status, body } = await this.send<Body>('GET', path)
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${body.detail ?? ''}`)
    return body
  }

  /** A press: refusals (4xx) are answers too, since people may be at the console at the same time. */
  post<Body>(path: string, body: object = {}): Promise<Answer<Body>> {
    return this.send('POST', path, body)
  }

  private async send<Body>(method: string, path: string, body?: object): Promise<Answer<Body>> {
    const press = { method, path, body, key: randomUUID() }
    for (let tries = 1; ; tries += 1) {
      const answer = await this.try<Body>(press).catch(() => null)
      if (answer !== null && answer.status !== 429 && answer.status < 500) return answer
      if (tries === (this.csrfToken === '' ? 1 : TRIES))
        throw new Error(`The demo at ${this.url} does not answer. Is it running (npm start)?`)
      await sleep(AGAIN_MS)
    }
  }

  private async try<Body>({ method, path, body, key }: Press): Promise<Answer<Body>> {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        cookie: this.cookie,
        'x-csrf-token': this.csrfToken,
        ...(method === 'POST' && { 'idempotency-key': key, 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    const [cookie] = answer.headers.getSetCookie()
    if (cookie !== undefined) this.cookie = cookie.split(';')[0] ?? ''
    const text = await answer.text()
    const content = JSON.parse(text === '' ? '{}' : text) as Answer<Body>['body']
    if (content.csrfToken !== undefined) this.csrfToken = content.csrfToken
    return { status: answer.status, body: content }
  }
}
