import type { KeyOf } from '../../../src/messages/keys.shape.js'
import { timeOf } from '../kit/clock.js'
import { h } from '../kit/element.js'
import { sentence } from '../kit/words.js'
import { facts } from './facts.js'
import { type Message, state } from './state.js'
import { dayWords } from './time.js'
import { say } from './words.js'

/** `9:02`, or `mer 25 nov, 9:02` when it was not today. */
function whenWords(at: string): string {
  const day = at.slice(0, 10)
  const today = state.snapshot?.at.slice(0, 10) ?? facts.today
  return day === today ? timeOf(at) : `${dayWords(day)}, ${timeOf(at)}`
}

type OwnCause = KeyOf<'operator.script.messages.cause'>
const OWN_CAUSES: readonly OwnCause[] = ['superseded', 'erased', 'internal error']
const isOwn = (cause: string): cause is OwnCause => OWN_CAUSES.some((own) => own === cause)

/** @param cause one of ours, or a mail server's answer */
const causeWords = (cause: string): string =>
  isOwn(cause) ? say(`messages.cause.${cause}`) : say('messages.answer', { answer: cause })

/** What somebody has to know: it did not arrive, or not yet. */
const isTrouble = ({ state: is, cause }: Message): boolean => is === 'failed' || (is === 'waiting' && cause !== null)

function messageLine(message: Message): HTMLElement {
  const { kind, state: is, cause, at } = message
  const trouble = isTrouble(message)
  const told = say(`messages.${trouble && is === 'waiting' ? 'again' : is}`, { time: whenWords(at) })
  const why = cause === null ? '' : ` ${causeWords(cause)}`
  return h(
    'li.message',
    { class: `message${trouble ? ' message-trouble' : ''}`, 'data-test': `message-${kind}-${is}` },
    h('strong', {}, sentence(`messages.kind.${kind}`)),
    `: ${told}${why}`,
  )
}

/** What became of the mails of a booking, trouble in plain sight (L4). */
export const messageList = (messages: readonly Message[]): HTMLElement | false =>
  messages.length > 0 && h('ul.messages', { 'data-test': 'messages' }, ...messages.map(messageLine))
