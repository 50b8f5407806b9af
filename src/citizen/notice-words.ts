import { hasMessage } from '../messages/index.js'
import type { Speech } from '../platform/pages/speech.js'
import type { FieldError, NoticeView } from '../platform/pages/told.js'

/** What is said on a page that is shown again. */
export interface Shown {
  errors?: FieldError[]
  notice?: NoticeView | null
}

/** A refusal in words. A code without words of its own reads as "it has changed meanwhile". */
export function noticeView(code: string, { t }: Speech, values: Record<string, string> = {}): NoticeView {
  const key = `citizen.layout.notices.${hasMessage(`citizen.layout.notices.${code}.title`) ? code : 'state'}`
  const kind = KINDS[code] ?? 'danger'
  return { kind, title: t(`${key}.title`), text: t(`${key}.text`, values) }
}

const KINDS: Record<string, NoticeView['kind']> = { renewed: 'success', abandoned: 'success', 'other-tab': 'warning' }
