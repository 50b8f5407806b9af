import type { Speech } from '../platform/pages/speech.js'
import { aboutMatter, type Matter, type MatterDirectory, matterName, type MatterWay } from '../matters/index.js'
import { type SiteDirectory, serviceName } from '../sites/index.js'
import { shortTime } from './short-time.js'

/** One way to settle a matter, in words. */
interface WayView {
  kind: MatterWay['kind']
  title: string
  text: string
  service: string | null
  hours: { from: string; to: string } | null
  condition: string | null
}

/** `/informazioni/{matter}` (M6). */
export interface InformationPage {
  name: string
  about: string[]
  isExample: boolean
  /** The best way leads elsewhere: said before a seat is spent (M1). */
  isElsewhere: boolean
  /** Whoever prefers may book all the same, even where no way says so. */
  hasBookedWay: boolean
  ways: WayView[]
  documents: { text: string; when: string | null }[]
  forms: { text: string; href: string | null }[]
  links: { text: string; href: string }[]
}

const ELSEWHERE: readonly MatterWay['kind'][] = ['fse', 'pharmacy', 'virtual-counter']

interface Deps {
  directory: SiteDirectory
  matters: MatterDirectory
}

export class InformationPages {
  constructor(private readonly deps: Deps) {}

  /** @throws not-found when there is no such matter */
  async matter(id: string, speech: Speech): Promise<InformationPage> {
    const { lang } = speech
    const matter = await this.deps.matters.matter(id)
    return {
      name: matterName(matter, lang),
      about: aboutMatter(matter, lang),
      isExample: matter.isExample,
      isElsewhere: ELSEWHERE.some((kind) => kind === matter.ways[0]?.kind),
      hasBookedWay: matter.ways.some(({ kind }) => kind === 'booked'),
      ways: await this.ways(matter, speech),
      documents: matter.documents.map(({ text, when }) => ({ text: text[lang], when: when && when[lang] })),
      forms: matter.forms.map(({ text, href }) => ({ text: text[lang], href })),
      links: matter.links.map(({ text, href }) => ({ text: text[lang], href })),
    }
  }

  private async ways({ ways }: Matter, { lang, t }: Speech): Promise<WayView[]> {
    const { services } = await this.deps.directory.all()
    return ways.map(({ kind, service: id, condition }) => {
      const service = services.find((each) => each.id === id)
      const { walkInFrom = null, walkInTo = null } = service ?? {}
      const isOpen = kind !== 'booked' && walkInFrom !== null && walkInTo !== null
      return {
        kind,
        title: t(`citizen.information.ways.${kind}.title`),
        text: t(`citizen.information.ways.${kind}.text`),
        service: service ? serviceName(service, lang) : null,
        hours: isOpen ? { from: shortTime(walkInFrom), to: shortTime(walkInTo) } : null,
        condition: condition && condition[lang],
      }
    })
  }
}
