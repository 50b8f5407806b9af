import type { recover as it } from '../it/citizen-recover.js'

/** For who has lost the mail with the link (C3). */
export const recover: typeof it = {
  title: 'Find your booking',
  heading: 'Have you lost the link to your booking?',
  lead: 'Type the e-mail address you booked with: we send you the link again, with day, time, site and code.',
  hint: 'The same address that you typed when you booked.',
  send: 'Send me the link',
  mostADay: 'You may ask up to three times a day.',
  sent: {
    title: 'We have your request',
    text: 'If there is a booking with these contacts, a message with the link arrives within a few minutes. Look among the unwanted mail too.',
  },
  nothing: {
    title: 'Nothing arrives?',
    address: 'You may have booked with another address: try that one.',
    desk: 'Or call the site, or come to its desk: with a document they find your booking.',
  },
  again: 'Try another address',
}
