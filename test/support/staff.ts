import type { Role } from '../../src/access/index.js'
import { hashPassword } from '../../src/staff/password-hash.js'
import type { TestApp } from './app.js'
import type { Answer, ApiClient } from './client.js'

/** Of every account that tests make, unless they say otherwise. */
export const PASSWORD = 'una password lunga abbastanza'
let hashed: Promise<string> | undefined

interface Member {
  username?: string
  role?: Role
  sites?: string[]
}

/** Opens an account by its action: an operator of Legnano, unless said. @returns the username */
export async function openAccount(app: TestApp, member: Member = {}): Promise<string> {
  const { role = 'operator', sites = role === 'admin' ? [] : ['legnano'], username = role } = member
  const passwordHash = await (hashed ??= hashPassword(PASSWORD))
  const password = {
    to: { passwordHash, passwordIsLong: true, mustChangePassword: false, passwordEndsAt: null },
    oneTime: null,
  }
  await app.unitOfWork.run((tx) =>
    app.staff.createAccount(tx, { username, role, siteIds: sites, password, who: 'test' }),
  )
  return username
}

/** A browser that is signed in: keeps its cookie and sends the CSRF token with every change. */
export class StaffClient {
  cookie = ''
  csrfToken = ''
  username = ''

  constructor(readonly api: ApiClient) {}

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('GET', path, undefined, headers)
  }

  post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('POST', path, body, headers)
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.call('PUT', path, body)
  }

  patch(path: string, body: unknown): Promise<Answer> {
    return this.call('PATCH', path, body)
  }

  delete(path: string): Promise<Answer> {
    return this.call('DELETE', path)
  }

  signIn(username: string, password = PASSWORD, totp?: string): Promise<Answer> {
    this.username = username
    return this.post('/session', { username, password, ...(totp && { totp }) })
  }

  async call(method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<Answer> {
    const csrf = method === 'GET' || this.csrfToken === '' ? {} : { 'x-csrf-token': this.csrfToken }
    const headers = { ...(this.cookie !== '' && { cookie: this.cookie }), ...csrf, ...more }
    const answer = await this.api.call(method, path, { headers, ...(body !== undefined && { body }) })
    const [cookie] = answer.headers.getSetCookie()
    if (cookie !== undefined) this.cookie = cookie.split(';')[0] ?? ''
    if (typeof answer.body?.csrfToken === 'string') this.csrfToken = answer.body.csrfToken
    return answer
  }
}

/** Opens an account and signs it in. */
export async function signedIn(app: TestApp, member: Member = {}): Promise<StaffClient> {
  const client = new StaffClient(app.api)
  const answer = await client.signIn(await openAccount(app, member))
  if (answer.status !== 200) throw new Error(`sign-in: ${answer.status} ${JSON.stringify(answer.body)}`)
  return client
}
