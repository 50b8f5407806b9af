import type { Matter, MatterDocument, MatterForm, MatterLink, MatterWay, WayKind } from './matter.js'

/** Italian, English. */
type Pair = [it: string, en: string]

/** An example as it is written down: the rest of a matter follows. */
export interface Sketch extends Pick<Matter, 'id' | 'ways' | 'documents' | 'forms'> {
  name: Pair
  about: Pair
  weight?: number
}

/** What several of the example matters say alike. */
export const FSE_WAY: MatterWay = {
  kind: 'fse',
  service: null,
  condition: {
    it: 'Se ha già la residenza o il domicilio da noi e il medico compare online. Il cambio vale subito.',
    en: 'If you already have your residence or domicile here and the doctor appears online. The change is valid at once.',
  },
}

export const PHARMACY_WAY: MatterWay = {
  kind: 'pharmacy',
  service: null,
  condition: { it: 'Alle stesse condizioni.', en: 'Under the same conditions.' },
}

export const atCounter = (kind: WayKind, service: string, condition?: Pair): MatterWay => ({
  kind,
  service,
  condition: condition ? { it: condition[0], en: condition[1] } : null,
})

export const IDENTITY: MatterDocument = {
  text: { it: 'Documento di identità valido', en: 'A valid identity document' },
  when: null,
}

export const HEALTH_CARD: MatterDocument = {
  text: { it: 'Tessera sanitaria o codice fiscale', en: 'Health card or codice fiscale' },
  when: null,
}

export const PROXY: MatterDocument = {
  text: {
    it: 'Delega firmata e copia del documento di chi delega',
    en: 'A signed proxy and a copy of the document of who gives it',
  },
  when: { it: 'se viene per un’altra persona', en: 'if you come for somebody else' },
}

export const PROXY_FORM: MatterForm = { text: { it: 'Delega', en: 'Proxy' }, href: null }

export const FSE_LINK: MatterLink = {
  text: { it: 'Fascicolo Sanitario Elettronico', en: 'Fascicolo Sanitario Elettronico' },
  href: 'https://www.fascicolosanitario.regione.lombardia.it',
}
