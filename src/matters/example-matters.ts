import {
  atCounter,
  FSE_LINK,
  FSE_WAY,
  HEALTH_CARD,
  IDENTITY,
  PHARMACY_WAY,
  PROXY,
  PROXY_FORM,
  type Sketch,
} from './example-parts.js'
import type { Matter } from './matter.js'

/**
 * What people are known to come for, and where it is settled (domain.md). Lists of documents are not official: example data,
 * and shown as such. Each authority puts its own in their place. Ids stand in addresses, and do not say why somebody comes.
 */
const MATTERS: Sketch[] = [
  {
    id: 'cambio',
    name: ['Cambiare medico o pediatra, allo stesso indirizzo', 'Change doctor or paediatrician, at the same address'],
    about: [
      'Chi ha già un medico e abita sempre allo stesso indirizzo ne può scegliere un altro, quando vuole.',
      'Whoever has a doctor already and still lives at the same address may choose another at any time.',
    ],
    ways: [
      FSE_WAY,
      PHARMACY_WAY,
      atCounter('booked', 'scelta-revoca', [
        'Se il medico che desidera non compare tra quelli da scegliere online.',
        'If the doctor you want is not among those you can choose online.',
      ]),
    ],
    documents: [IDENTITY, HEALTH_CARD, PROXY],
    forms: [PROXY_FORM],
  },
  {
    id: 'prima-iscrizione',
    name: [
      'Scegliere il medico o il pediatra per la prima volta',
      'Choose a doctor or paediatrician for the first time',
    ],
    about: [
      'È la prima iscrizione al servizio sanitario nella nostra zona, con la scelta del medico di famiglia o del pediatra.',
      'This is the first registration with the health service in our area, with the choice of a family doctor or paediatrician.',
    ],
    ways: [atCounter('booked', 'scelta-revoca')],
    documents: [IDENTITY, HEALTH_CARD, PROXY],
    forms: [PROXY_FORM],
  },
  {
    id: 'nuovo-indirizzo',
    name: ['Ho cambiato residenza o domicilio', 'I have changed residence or domicile'],
    about: [
      'Con un nuovo indirizzo il medico si sceglie di nuovo, tra quelli della nuova zona.',
      'With a new address the doctor is chosen anew, among those of the new area.',
    ],
    ways: [atCounter('booked', 'scelta-revoca')],
    documents: [
      IDENTITY,
      HEALTH_CARD,
      {
        text: { it: 'Autocertificazione del nuovo indirizzo', en: 'A self-certification of the new address' },
        when: {
          it: 'se l’indirizzo è un domicilio e non la residenza',
          en: 'if the address is a domicile, not the residence',
        },
      },
      PROXY,
    ],
    forms: [
      { text: { it: 'Autocertificazione di domicilio', en: 'Self-certification of domicile' }, href: null },
      PROXY_FORM,
    ],
  },
  {
    id: 'al-completo',
    name: ['Il medico che desidero è al completo', 'The doctor I want takes no more patients'],
    about: [
      'Quando un medico ha già il numero massimo di assistiti, la richiesta si valuta allo sportello.',
      'When a doctor already has the highest number of patients, the request is looked at at the counter.',
    ],
    ways: [atCounter('booked', 'scelta-revoca')],
    documents: [IDENTITY, HEALTH_CARD],
    forms: [],
  },
  {
    id: 'neonato',
    name: ['È nato un bambino: prima iscrizione', 'A child is born: first registration'],
    about: [
      'Il bambino viene iscritto al servizio sanitario e si sceglie il suo pediatra. Il suo codice fiscale deve esserci già.',
      'The child is registered with the health service and a paediatrician is chosen. The child’s codice fiscale must exist already.',
    ],
    ways: [
      atCounter('walk-in', 'neonati', [
        'Senza precedenza su chi ha una prenotazione.',
        'Without priority over people who have a booking.',
      ]),
    ],
    documents: [
      { text: { it: 'Codice fiscale del bambino', en: 'The child’s codice fiscale' }, when: null },
      { text: { it: 'Documento di identità di un genitore', en: 'Identity document of a parent' }, when: null },
      { ...PROXY, when: { it: 'se non viene un genitore', en: 'if it is not a parent who comes' } },
    ],
    forms: [PROXY_FORM],
  },
  {
    id: 'cittadini-stranieri',
    name: ['Iscrizione di cittadini stranieri', 'Registration of foreign citizens'],
    about: [
      'Anche con un codice fiscale provvisorio o con un codice STP o ENI può prenotare. Se serve un interprete, lo scriva nelle note.',
      'You may book with a provisional codice fiscale too, or with an STP or ENI code. If you need an interpreter, say so in the notes.',
    ],
    ways: [atCounter('booked', 'scelta-revoca')],
    documents: [
      {
        text: { it: 'Passaporto o altro documento di identità', en: 'A passport or another identity document' },
        when: null,
      },
      {
        text: {
          it: 'Permesso di soggiorno, o la ricevuta della richiesta',
          en: 'Residence permit, or the receipt of its request',
        },
        when: { it: 'se non è cittadino dell’Unione europea', en: 'if you are not a citizen of the European Union' },
      },
      PROXY,
    ],
    forms: [],
    weight: 2,
  },
  {
    id: 'esenzione-reddito',
    name: ['Esenzione dal ticket per reddito', 'Exemption from charges for income'],
    about: [
      'Chi ha diritto all’esenzione lo dichiara con un’autocertificazione: non serve venire allo sportello.',
      'Whoever is entitled to the exemption declares so in a self-certification: there is no need to come to the counter.',
    ],
    ways: [
      { ...FSE_WAY, condition: null },
      {
        ...PHARMACY_WAY,
        condition: {
          it: 'Per le esenzioni E02, E12, E13, E30 ed E40.',
          en: 'For the exemptions E02, E12, E13, E30 and E40.',
        },
      },
    ],
    documents: [IDENTITY, HEALTH_CARD],
    forms: [],
  },
  {
    id: 'tessera-sanitaria',
    name: ['Duplicato della tessera sanitaria', 'A duplicate of the health card'],
    about: [
      'Se la tessera è persa, rovinata o non è mai arrivata, se ne chiede un’altra.',
      'If the card is lost, damaged or never came, another one is asked for.',
    ],
    ways: [
      atCounter('walk-in', 'accesso-diretto', [
        'Ogni sede ha i propri modi e orari.',
        'Each site has manners and hours of its own.',
      ]),
    ],
    documents: [IDENTITY, PROXY],
    forms: [PROXY_FORM],
  },
  {
    id: 'ritiro-documenti',
    name: ['Ritirare un documento', 'Pick up a document'],
    about: [
      'Ai punti di ritiro, dal lunedì al venerdì, si ritira quello che è già pronto.',
      'What is ready already is picked up at the pick-up points, from Monday to Friday.',
    ],
    ways: [
      atCounter('pick-up', 'punto-ritiro', [
        'Chi ha 65 anni o più ha la precedenza.',
        'Who is 65 or older has priority.',
      ]),
    ],
    documents: [IDENTITY, PROXY],
    forms: [PROXY_FORM],
  },
]

export const exampleMatters = (): Matter[] =>
  MATTERS.map(({ id, name: [nameIt, nameEn], about: [aboutIt, aboutEn], weight = 1, ...lists }, position) => ({
    ...{ id, nameIt, nameEn, aboutIt, aboutEn, weight, position },
    ...lists,
    links: lists.ways.some(({ kind }) => kind === 'fse') ? [FSE_LINK] : [],
    isExample: true,
  }))
