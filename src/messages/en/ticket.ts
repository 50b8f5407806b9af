import type { ticket as it } from '../it/ticket.js'

export const ticket: typeof it = {
  title: 'Number {{number}}',
  yourNumber: 'Your number',
  status: {
    waiting: {
      title: 'You are in the queue',
      text: 'Keep this page open: it stays up to date by itself and tells you when it is your turn.',
    },
    called: { title: 'It is your turn: counter {{counter}}', text: 'Please go to counter {{counter}} now.' },
    serving: { title: 'You are at counter {{counter}}', text: 'You are being served at counter {{counter}}.' },
    parked: {
      title: 'Your place is kept',
      text: 'When you are ready, tell the staff: you return to your place in the queue. Do not take another number.',
    },
    missed: {
      title: 'Your number has been called',
      text: 'Nobody came to the counter. Tell the staff as soon as you can: they put you back into the queue.',
    },
    done: { title: 'You are done', text: 'This number has been served. Thank you and goodbye.' },
    left: {
      title: 'You are no longer in the queue',
      text: 'This number will not be called. If you still need to be served, take another number at the kiosk or ask the staff.',
    },
    closed: {
      title: 'The day is over',
      text: 'This number is no longer valid. If you are not done, come back on another day or phone the office.',
    },
  },
  giveWay: {
    ask: 'I need ten more minutes',
    hint: 'Others go first for ten minutes, then you are back in your place. You can ask for this once.',
    text: 'Until {{time}} others go first, then you are back in your place. If nobody else is waiting you are called at once, so please stay near.',
  },
  closed: 'The counters are closed: nobody is called any more today.',
  ahead: {
    label: 'Before you',
    next: 'nobody: you are next',
    none: 'nobody',
    people_one: '{{count}} person',
    people_other: '{{count}} people',
  },
  wait: {
    label: 'Waiting time',
    range: 'about {{low}}–{{high}} minutes',
    none: 'no counter is open: nobody can say',
  },
  stale: 'Not updated since {{time}}. The page keeps trying; meanwhile, please watch the board.',
  sound: { on: 'Turn sound on', off: 'Turn sound off', hint: 'The phone makes a sound when it is your turn.' },
  refreshes: 'This page updates itself every 20 seconds.',
  still: 'This page does not update itself.',
  stop: 'Stop updating',
  again: 'Update',
  where: 'Where',
  order: {
    title: 'In which order people are called',
    intro: 'Numbers are not called one after the other. Of those who wait, we call:',
    booked: 'first those who have booked and have arrived, when their time has come;',
    walkIn: 'then those who took a number without booking, or arrived late, in order of arrival;',
    early: 'last those who have booked and have come early: they wait for their time.',
    more: 'At the pick-up point people aged 65 or over go before the others. Whoever has an urgency that staff has recognised, or has waited longer than the office allows, goes before everybody. Whoever asks for ten more minutes on the phone lets the others go first meanwhile.',
  },
  leave: {
    link: 'Leave the queue',
    title: 'Leaving the queue',
    heading: 'Do you want to leave the queue?',
    text: 'Your number will no longer be called, and this cannot be undone.',
    yes: 'Yes, I leave',
    no: 'No, I stay',
  },
  said: {
    left: { title: 'You have left the queue', text: 'Thank you for saying so: those after you move up.' },
    gaveWay: { title: 'You have ten more minutes', text: 'Until {{time}} we call the others first.' },
    noWay: {
      title: 'You cannot have ten more minutes',
      text: 'They can be asked for once, while you wait. Now: {{now}}. If you need help, please tell the staff.',
    },
    state: {
      title: 'You have not left the queue',
      text: 'Meanwhile your number has moved on: {{now}}. If you want to go, please tell the staff.',
    },
  },
}
