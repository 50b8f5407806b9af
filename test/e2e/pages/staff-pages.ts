import { TOTP } from 'otpauth'
import type { TestApp } from '../../support/app.js'
import type { MessageKey } from '../../../src/messages/index.js'
import { CitizenPage } from './citizen-page.js'

/** `/entra`: name and password. */
export class SignInPage extends CitizenPage {
  protected readonly heading = 'staff.signIn.heading'

  async send(username: string, password: string): Promise<void> {
    if (username !== '') await this.page.fill('#username', username)
    await this.page.fill('#password', password)
    await this.test('sign-in').click()
  }
}

/** The second step: the code. */
export class CodePage extends CitizenPage {
  protected readonly heading = 'staff.code.heading'

  /** By a recovery code, from the help below. */
  async recover(code: string): Promise<void> {
    if (!(await this.page.isVisible('#recovery'))) await this.page.click('details.help summary')
    await this.page.fill('#recovery', code)
    await this.test('recover').click()
  }

  async send(code: string): Promise<void> {
    await this.page.fill('#totp', code)
    await this.test('confirm').click()
  }
}

export class PasswordPage extends CitizenPage {
  protected readonly heading: MessageKey

  constructor(visit: CitizenPage['visit'], { once = false } = {}) {
    super(visit)
    this.heading = once ? 'staff.newPassword.headingOnce' : 'staff.newPassword.heading'
  }

  async choose(password: string, { current = '', again = password } = {}): Promise<void> {
    if (current !== '') await this.page.fill('#current', current)
    await this.page.fill('#password', password)
    await this.page.fill('#again', again)
    await this.test('save').click()
  }
}

export class AccountPage extends CitizenPage {
  protected readonly heading = 'staff.account.heading'

  /** Sets TOTP up, or turns it off. */
  async totp(password: string): Promise<void> {
    await this.page.fill('#password', password)
    await this.test('totp').click()
  }
}

export class TotpPage extends CitizenPage {
  protected readonly heading = 'staff.totp.setUpHeading'

  /** What an authenticator program makes of the secret, typed in as it is written on the page. */
  async authenticator(app: Pick<TestApp, 'clock'>): Promise<() => string> {
    const secret = (await this.test('secret').innerText()).replace(/\s/g, '')
    const totp = new TOTP({ secret, algorithm: 'SHA1', digits: 6, period: 30 })
    return () => totp.generate({ timestamp: app.clock().getTime() })
  }

  async send(code: string): Promise<void> {
    await this.page.fill('#totp', code)
    await this.test('confirm').click()
  }
}

/** The codes for a lost phone, shown once. */
export class RecoveryPage extends CitizenPage {
  protected readonly heading = 'staff.recovery.heading'

  codes(): Promise<string[]> {
    return this.test('recovery-code').allInnerTexts()
  }

  /** They are in a safe place. */
  override async goOn(): Promise<void> {
    await this.test('kept').click()
  }
}

/** Before one leaves an open counter (Q8). */
export class LeavePage extends CitizenPage {
  protected readonly heading = 'staff.leave.heading'
}
