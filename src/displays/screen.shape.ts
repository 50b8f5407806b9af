import type { Lang } from '../messages/lang.shape.js'

type Words<T> = Record<Lang, T>

/** What a screen shows besides the board: it changes seldom, and open screens must hear of it (contract.md, B1). */
export interface Screen {
  site: string
  name: string
  /** Shown with the words "dati di esempio". */
  isExample: boolean
  /** Q1 in plain words. */
  rule: Words<string[]>
  /** What the manager says, then closures that citizens may read of: today's and those of the next week. */
  notices: Words<string[]>
  /** Q7: nobody is served any more; `words` and `opensAt` are there only then. */
  closed: boolean
  words: Words<{ title: string; text: string }> | null
  opensAt: string | null
}
