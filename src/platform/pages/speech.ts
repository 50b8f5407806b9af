import type { Lang, Translate } from '../../messages/index.js'

/** How a request is answered: its language and its texts, as `speakLanguage` has put them into `res.locals`. */
export interface Speech {
  lang: Lang
  t: Translate
}

export const speechOf = (res: { locals: Record<string, unknown> }): Speech => ({
  lang: res.locals.lang as Lang,
  t: res.locals.t as Translate,
})
