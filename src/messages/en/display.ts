import type { display as it } from '../it/display.js'

/** The screens of the waiting room: short, and read from far away. */
export const display: typeof it = {
  title: 'Calls – {{site}}',
  example: 'Sample data',
  noScript: 'This screen needs JavaScript to show the calls.',
  sound: 'Touch for sound',
  connecting: 'Connecting…',
  call: {
    heading: 'Now calling',
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
    heading: 'Who is called first',
    urgent: 'Urgent cases, as staff decide',
    maxWait: 'Waiting for {{minutes}} minutes',
    booked: 'Booked, from {{due}} minutes before their time',
    walkIn: 'Not booked, or more than {{late}} minutes late, in order of arrival',
    senior: 'at the pick-up point, 65 and over first',
    early: 'Booked and still early',
  },
  screen: {
    closed: 'The counters are closed',
    reopens: 'They open again on {{day}} at {{time}}.',
    reopensToday: 'They open again today at {{time}}.',
    closure: '{{from}} – {{to}}: {{reason}}',
    closureOn: '{{from}}: {{reason}}',
    dayAndTime: '{{day}}, {{time}}',
  },
  live: {
    call: {
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
