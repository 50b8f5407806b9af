import { type GroupOf, hasMessage } from '../messages/index.js'
import type { Speech } from '../platform/pages/speech.js'
import type { FieldError, NoticeView } from '../platform/pages/told.js'

/** What is said on a page that is shown again. */
export interface Shown {
  errors?: FieldError[]
  notice?: NoticeView | null
}

/** A refusal in words. A code without words of its own reads as "it has changed meanwhile". */
export function noticeView(code: string, { t }: Speech, values: Record<string, string> = {}): NoticeView {
  const told = isTold(code) ? code : 'state'
  const kind = KINDS[code] ?? 'danger'
  const topic = `citizen.layout.notices.${told}` as const
  return { kind, title: t(`${topic}.title`), text: t(`${topic}.text`, values) }
}

const isTold = (code: string): code is GroupOf<'citizen.layout.notices', 'title'> =>
  hasMessage(`citizen.layout.notices.${code}.title`)

const KINDS: Record<string, NoticeView['kind']> = { renewed: 'success', abandoned: 'success', 'other-tab': 'warning' }
