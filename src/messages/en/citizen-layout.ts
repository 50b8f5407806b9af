import type { layout as it } from '../it/citizen-layout.js'

/** Header, footer, and what several pages share. */
export const layout: typeof it = {
  owner: 'ASST Ovest Milanese',
  ownerNote: 'demonstration',
  siteTitle: 'Bookings – ASST Ovest Milanese',
  brand: 'Turno',
  tagline: 'Appointments at the Scelta e Revoca counters',
  skip: 'Skip to the content',
  language: 'Language',
  breadcrumb: 'You are here',
  home: 'Home',
  book: 'Book',
  errorPrefix: 'Error: ',
  example: 'Example data',
  exampleText:
    'Sites, times and places shown here are for trying the service out: they are not the official ones of the ASST.',
  external: '(external site)',
  toConfigure: 'to be configured',
  footer: {
    about: 'The service',
    contacts: 'Contacts',
    phone: 'Telephone: {{phone}}',
    mail: 'E-mail: {{mail}}',
    privacy: 'Privacy notice',
    accessibility: 'Accessibility statement',
    book: 'Book an appointment at the counter',
    whatToDo: 'What is done where',
    recover: 'Find your booking',
    sites: 'Sites, addresses and phones',
    mission:
      'Choice and revocation of family doctor and paediatrician, registration with the health service, exemptions.',
  },
  errors: {
    title_one: 'There is something to correct',
    title_other: 'There are {{count}} things to correct',
    text: 'What you typed is still here. Correct it and go on:',
    label: 'Error:',
  },
  persons_one: '{{count}} person',
  persons_other: '{{count}} people',
  optional: '(optional)',
  continue: 'Continue',
  back: 'Back',
  notices: {
    'slot-full': {
      title: 'This time has just been taken',
      text: 'Somebody chose it before you. Below you find the other free times.',
    },
    'not-offered': {
      title: 'This time cannot be booked',
      text: 'Choose one of the times below.',
    },
    'already-booked': {
      title: 'There is a booking for this person already',
      text: 'Each person can have one active booking. We have sent its link again to the e-mail address it was made with: from there you can move or cancel it. If it was not you who booked, call or come to the counter.',
    },
    'mail-unread': {
      title: 'You confirm it from the e-mail',
      text: 'Open the e-mail that we sent you and use the link inside.',
    },
    'too-many-moves': {
      title: 'Moved many times today already',
      text: 'You can move it again from tomorrow. If you cannot come, cancel it.',
    },
    'too-many-bookings': {
      title: 'Too many bookings with this e-mail address',
      text: 'There are already too many active bookings with this address. Cancel one from the link you received by e-mail, or use another address.',
    },
    'not-eligible': {
      title: 'Booking is reserved to the Comuni of the ASST',
      text: 'The Comune you gave is not one of those of ASST Ovest Milanese. If you chose it by mistake, correct it.',
    },
    'other-tab': {
      title: 'The booking has changed',
      text: 'Its data were changed from another window or from an earlier page. Below you find the latest ones: check them before you go on.',
    },
    'too-late': {
      title: 'The time has passed',
      text: 'The appointment has already started: it cannot be moved or cancelled any more.',
    },
    'contact-too-late': {
      title: 'This can no longer be corrected here',
      text: 'More than 30 minutes have passed since you booked. The counter can correct the address: call or come with a document.',
    },
    'other-browser': {
      title: 'Booked in another browser',
      text: 'The address can be corrected only where you booked, or at the counter: call or come with a document.',
    },
    state: {
      title: 'The booking has changed in the meantime',
      text: 'What you asked for is not possible any more. Below you find the booking as it is now.',
    },
    renewed: {
      title: 'Time reserved again',
      text: 'The time is reserved for you until {{until}}.',
    },
    'not-renewed': {
      title: 'The time cannot be extended',
      text: 'Please complete the booking by {{until}}: until then the time is kept for you.',
    },
    abandoned: {
      title: 'You have left the booking',
      text: 'The time is free for others again and what you typed has been deleted.',
    },
  },
  problem: {
    home: 'Go to the first page',
    book: 'Back to the booking',
    hint404: 'If you came here from the link of a booking, check that you copied the whole of it.',
  },
}
