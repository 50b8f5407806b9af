import type { home as it } from '../it/citizen-home.js'

/** The first page: what to do where, before a slot is spent. */
export const home: typeof it = {
  title: 'Home',
  heading: 'Family doctor and paediatrician: where to start',
  lead: 'Many requests can be settled online or at a pharmacy, without queuing. For the others, book an appointment at the Scelta e Revoca counter of the site you prefer.',
  book: 'Book at the counter',
  check: 'What do you need to do?',
  chooser: 'What do you need to do?',
  chooserText: 'Choose what you need: we tell you where to go and what you need.',
  online: {
    title: 'Online or at a pharmacy',
    text: 'Without a booking and without coming to the counter.',
    fse: 'Go to Fascicolo Sanitario Elettronico',
    change: {
      title: 'Change doctor or paediatrician, living at the same address',
      text: 'You do not need to come to the counter.',
      fse: 'Online: in Fascicolo Sanitario Elettronico, with SPID, CIE or CNS. You see the doctors you can choose and the change is valid at once.',
      pharmacy: 'At a pharmacy: you can change doctor under the same conditions.',
      counter: 'Come to the counter only if the doctor you want does not appear online.',
    },
    income: {
      title: 'Exemption from charges for income (E02, E12, E13, E30, E40)',
      text: 'The self-certification of income is made without an appointment.',
      fse: 'Online: in Fascicolo Sanitario Elettronico, with SPID, CIE or CNS.',
      pharmacy: 'At a pharmacy: for the exemptions E02, E12, E13, E30 and E40.',
    },
  },
  counter: {
    title: 'At the counter, by appointment',
    text: 'Choose site, day and time: it takes a few minutes.',
    book: 'Book an appointment',
    first: {
      title: 'Choose a doctor or paediatrician for the first time',
      text: 'First registration and first choice are made at the counter, by appointment.',
    },
    address: {
      title: 'I have changed address, residence or domicile',
      text: 'With a new address the doctor is chosen anew: this is done at the counter, by appointment.',
    },
    load: {
      title: 'The doctor I want already has the maximum number of patients',
      text: 'The request is considered at the counter, by appointment.',
    },
    foreign: {
      title: 'I am a foreign citizen and must register with the health service',
      text: 'Registration is done at the counter, by appointment. You can book with a codice fiscale, also a provisional one, or with an STP or ENI code.',
    },
  },
  walkIn: {
    title: 'At the counter, without an appointment',
    text: 'Come to the site in the hours given here and take a number.',
    newborn: {
      title: 'A child was born: first registration of a newborn',
      hours: 'Every opening day from {{from}} to {{to}}, without booking.',
      taxCode: 'The child’s codice fiscale must exist already: bring it with you.',
      order:
        'People with an appointment for that time are called first; when none of them is waiting, it is your turn.',
    },
    pickUp: {
      title: 'Collect a document: pick-up points',
      hours: 'Monday to Friday, without booking.',
      priority: 'People aged 65 or over have priority.',
    },
    other: {
      title: 'Other requests without an appointment',
      text: 'Each site has other services without an appointment, each with its own hours. Ask the site: the official list is to be configured.',
    },
  },
  matters: {
    title: 'What are you looking for?',
    text: 'For each request: where to go, what to bring, which forms are needed.',
  },
  sites: {
    title: 'The sites and their first free day',
    text: 'Choose the site that suits you: you can book at any of them.',
    address: 'Address',
    firstFree: 'First free place',
    none: 'No free place for now.',
    book: 'Book at {{site}}',
  },
  eligible: {
    title: 'Who can book',
    text: 'Whoever has residence or domicile in one of the {{count}} Comuni (towns) of ASST Ovest Milanese. You declare it when you book and it is checked at the counter.',
    list: 'List of the Comuni',
    cancel:
      'If you no longer need the appointment, cancel it from the link you receive by e-mail: the place is free at once for somebody else.',
  },
}
