import type { display as it } from '../it/display.js'

/** The screens of the waiting room: short, and read from far away. */
export const display: typeof it = {
  title: 'Calls – {{site}}',
  example: 'Sample data',
  noScript: 'This browser runs no programs: calls do not arrive by themselves.',
  sound: 'Touch for sound',
  connecting: 'Connecting…',
  notices: 'Notices',
  call: {
    counter: 'Counter',
    none: 'Nobody has been called yet',
    noneText: 'Your number will appear here, with the counter to go to.',
  },
  last: {
    heading: 'Latest calls',
    counter: 'Counter',
    none: 'The latest numbers called stay here.',
  },
  waiting: { heading: 'Waiting' },
  lanes: { P: 'Booked', N: 'Newborns', D: 'Direct access', R: 'Pick-up point' },
  rule: {
    heading: 'Who is first',
    urgent: 'Urgent cases',
    maxWait: 'Waiting for {{minutes}} minutes',
    booked: 'Booked, from {{due}} minutes before',
    walkIn: 'Not booked, or more than {{late}} minutes late',
    senior: 'at the pick-up point 65 and over first',
    early: 'Booked and early',
  },
  screen: {
    closed: 'The counters are closed',
    reopens: 'They open again on {{day}} at {{time}}.',
    reopensToday: 'They open again today at {{time}}.',
    closure: 'Closed from {{from}} to {{to}}: {{reason}}',
    closureOn: 'Closed on {{from}}: {{reason}}',
    dayAndTime: '{{day}}, {{time}}',
  },
  fault: {
    old: 'This browser is too old to follow the calls by itself: it takes Chromium 80 or later.',
    script: 'The program of this screen has not started: calls do not arrive by themselves.',
    asOf: 'You see how things were at {{time}}; the page tries to reload every 30 seconds. Please tell the staff.',
  },
  live: {
    call: {
      heading: 'Now calling',
      last: 'Last number called',
      said: 'Number {{number}}, counter {{counter}}',
      times: 'Call no. {{times}}',
      timesShort: 'call {{times}}',
    },
    stale: {
      since: 'Not updated since {{time}}',
      never: 'No connection: the screen keeps trying',
    },
  },
}
