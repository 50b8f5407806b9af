import type { mail as it } from '../it/mail.js'

/** Words of the mails about a booking. Subjects are neutral: no service, no name, no code (L3, A5). */
export const mail: typeof it = {
  greeting: 'Dear {{name}},',
  greetingNobody: 'Hello,',
  confirmed: {
    subject: 'Booking confirmed',
    opening: 'your booking is confirmed.',
  },
  pending: {
    subject: 'Please confirm your booking',
    opening: 'your booking is not valid yet: you have to confirm it.',
  },
  moved: {
    subject: 'Booking moved',
    opening: 'your booking has been moved. Its day, time and place now are below; the code stays the same.',
  },
  cancelled: {
    subject: 'Booking cancelled',
    opening: 'your booking is cancelled. The place is free again for somebody else.',
  },
  'closed-by-site': {
    subject: 'Booking cancelled by the site',
    opening: 'the site had to cancel your booking, because the counter stays closed at that time. We are sorry.',
  },
  'move-offered': {
    subject: 'Please move your booking',
    opening:
      'the counter stays closed at the time of your booking. We are sorry: on the page below you can choose another day and time; the code stays the same.',
  },
  reminder: {
    subject: 'Reminder of your booking',
    opening: 'this is a reminder of your booking.',
  },
  'link-again': {
    subject: 'Your booking',
    opening: 'we have received a new request with your data, but you already have a booking. Here it is again.',
  },
  'found-again': {
    subject: 'Your booking',
    opening: 'you have asked us to find your booking again. Here it is.',
  },
  'present-state': {
    subject: 'Your bookings',
    opening:
      'we have written to you many times already: this one message says how the bookings made with this address stand now.',
    active: 'Bookings that are valid or to be confirmed',
    none: 'none',
    pending: 'A booking is not valid yet: confirm it with the link below.',
    manage: 'See, move or cancel: {{when}}',
    confirm: 'Confirm: {{when}}',
    cancelled: 'Cancelled bookings',
    others_one: 'and one more',
    others_other: 'and {{count}} more',
  },
  facts: {
    when: 'When',
    whenCancelled: 'It was planned for',
    where: 'Where',
    code: 'Code',
    reason: 'Reason',
    service: 'Service',
    persons: 'Persons',
    phone: 'Telephone of the site',
  },
  confirmBy:
    'Open the page and press “Confirm the booking” by {{time}} on {{day}}. After that the place is free again.',
  confirmSoon:
    'Open the page and press “Confirm the booking” by {{time}} on {{day}}. Right now we keep no place for you: we take it when you confirm, if it is still free.',
  buttons: {
    manage: 'See, move or cancel the booking',
    confirm: 'Confirm the booking',
    bookAgain: 'Book again',
    seeCancelled: 'See the cancelled booking',
  },
  bring: 'What to bring',
  cannotCome: {
    heading: 'If you cannot come',
    text: 'Cancel or move the booking on the page above: you can do so until it starts. The place is free again at once, and somebody else can use it.',
  },
  bookAgain: {
    heading: 'If you still need it',
    text: 'You can book another day, another time or another site whenever you like.',
  },
  atTheCounter: 'When you arrive, show or say the code.',
  notMine: 'If you did not ask for this booking, you can ignore this e-mail or cancel the booking.',
  automatic: 'This is an automatic message: please do not answer to this address.',
  secretLink: 'Whoever has the link can change the booking: do not forward it.',
  copyLink: 'If the button does not open, copy this address into your browser:',
  example: 'Example data: this site and these times are not official.',
  calendar: {
    filename: 'booking.ics',
    summary: 'Booking at the counter',
    summaryPending: 'Booking to be confirmed',
    description: 'Code: {{code}}. To move or cancel the booking open the link in the e-mail.',
  },
  folder: {
    title: 'Outgoing mail, for trying out',
    intro:
      'No mail server is configured: these e-mails have not been sent. They are files in the folder “mail” of the data.',
    empty: 'No e-mail yet.',
    at: 'Date',
    to: 'To',
    subject: 'Subject',
    file: 'File',
    asHtml: 'As it looks',
    asText: 'Text only',
    calendar: 'Calendar (.ics)',
  },
}
