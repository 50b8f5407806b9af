import type { Lang } from '../messages/index.js'
import { type Matter, matterName, type MatterWay, type WayKind } from './matter.js'

/** A matter as programs outside see it (contract.md). */
interface PublicMatter {
  id: string
  text: string
  ways: { kind: WayKind; service?: string; condition?: string }[]
  documents: { text: string; when?: string }[]
  weight: number
}

const publicWay = ({ kind, service, condition }: MatterWay, lang: Lang): PublicMatter['ways'][number] => ({
  kind,
  ...(service !== null && { service }),
  ...(condition && { condition: condition[lang] }),
})

export const publicMatter = (matter: Matter, lang: Lang): PublicMatter => ({
  id: matter.id,
  text: matterName(matter, lang),
  ways: matter.ways.map((way) => publicWay(way, lang)),
  documents: matter.documents.map(({ text, when }) => ({ text: text[lang], ...(when && { when: when[lang] }) })),
  weight: matter.weight,
})
