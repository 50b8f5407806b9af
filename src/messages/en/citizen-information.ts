import type { information as it } from '../it/citizen-information.js'

/** The information pages (M6): what it is, where and how, what to bring. */
export const information: typeof it = {
  title: 'Information',
  example: 'This page is an example: the authority completes the official list.',
  elsewhere:
    'You can settle this without coming to the counter: read the possibilities below first. If you prefer, you may book all the same.',
  print: 'Print this page',
  back: 'Back to the first page',
  ways: {
    title: 'Where and how',
    text: 'Start from the first possibility that suits you.',
    hours: 'As a rule from {{from}} to {{to}}, on opening days.',
    book: 'Book an appointment',
    fse: { title: 'Online, in Fascicolo Sanitario Elettronico', text: 'With SPID, CIE or CNS, at any hour.' },
    pharmacy: { title: 'At a pharmacy', text: 'Without an appointment, in the hours of the pharmacy.' },
    'virtual-counter': { title: 'At the virtual counter', text: 'With a request from afar, without coming to a site.' },
    booked: { title: 'At the counter, by appointment', text: 'You choose the site, the day and the time.' },
    'walk-in': { title: 'At the counter, without an appointment', text: 'You come to the site and take a number.' },
    'pick-up': {
      title: 'At the pick-up point',
      text: 'Without an appointment: you come to the site and take a number.',
    },
  },
  documents: 'What to bring',
  forms: { title: 'Forms', atCounter: '(handed out at the counter)' },
  links: 'Useful links',
}
