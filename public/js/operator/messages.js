import { say } from '../words.js'
import { h } from './dom.js'
import { facts } from './facts.js'
import { state } from './state.js'
import { clockTime, dayWords } from './time.js'

/** `9:02`, or `mer 25 nov, 9:02` when it was not today. @param {string} at */
function whenWords(at) {
  const day = at.slice(0, 10)
  const today = state.snapshot?.at.slice(0, 10) ?? facts.today
  return day === today ? clockTime(at) : `${dayWords(day)}, ${clockTime(at)}`
}

const OWN_CAUSES = ['superseded', 'erased', 'internal error']

/** @param {string} cause one of ours, or a mail server's answer */
const causeWords = (cause) =>
  OWN_CAUSES.includes(cause) ? say(`messages.cause.${cause}`) : say('messages.answer', { answer: cause })

/** What somebody has to know: it did not arrive, or not yet. */
const isTrouble = ({ state: is, cause }) => is === 'failed' || (is === 'waiting' && cause !== null)

function messageLine(message) {
  const { kind, state: is, cause, at } = message
  const trouble = isTrouble(message)
  const told = say(`messages.${trouble && is === 'waiting' ? 'again' : is}`, { time: whenWords(at) })
  const why = cause === null ? '' : ` ${causeWords(cause)}`
  return h(
    'li.message',
    { class: `message${trouble ? ' message-trouble' : ''}`, 'data-test': `message-${kind}-${is}` },
    h('strong', {}, say(`messages.kind.${kind}`)),
    `: ${told}${why}`,
  )
}

/** What became of the mails of a booking, trouble in plain sight (L4). @param {{ kind: string }[]} messages */
export const messageList = (messages) =>
  messages.length > 0 && h('ul.messages', { 'data-test': 'messages' }, ...messages.map(messageLine))
