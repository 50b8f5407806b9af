import type { GroupOf, MessageKey } from '../../../src/messages/index.js'
import { CitizenPage } from './citizen-page.js'
import type { Visit } from './visit.js'

/** Pages that are read and not acted upon: `privacy`, `accessibility`. */
export class StatementPage extends CitizenPage {
  protected readonly heading: MessageKey

  constructor(visit: Visit, name: 'privacy' | 'accessibility') {
    super(visit)
    this.heading = `citizen.${name}.title`
  }
}

/** `/informazioni/{matter}`: its heading is the matter's own name. */
export class InformationPage extends CitizenPage {
  protected readonly heading = 'citizen.information.title'

  constructor(
    visit: Visit,
    private readonly name: string,
  ) {
    super(visit)
  }

  protected override headingText(): string {
    return this.name
  }
}

/** `/ritrova`: asks for an address, or says that it was asked. */
export class RecoverPage extends CitizenPage {
  protected readonly heading = 'citizen.recover.heading'

  async ask(email: string): Promise<void> {
    await this.page.getByLabel(this.visit.t('visitor.email.label')).fill(email)
    await this.page.locator('[data-test=send]').click()
  }
}

/** A refusal that has a page of its own. */
export class ProblemPage extends CitizenPage {
  protected readonly heading: MessageKey

  constructor(visit: Visit, kind: 'not-found' | 'forbidden' | 'internal' | 'malformed' | 'too-many') {
    super(visit)
    this.heading = `problems.titles.${kind}`
  }
}

/** `/dev/mail`, while no mail server is set. */
export class MailFolderPage extends CitizenPage {
  protected readonly heading = 'mail.folder.title'
}

/** One of its mails. */
export class MailPage extends CitizenPage {
  protected readonly heading: MessageKey

  constructor(visit: Visit, kind: GroupOf<'mail', 'subject'>) {
    super(visit)
    this.heading = `mail.${kind}.subject`
  }
}
