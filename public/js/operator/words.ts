import type { KeyOf } from '../../../src/messages/keys.shape.js'
import { speaker } from '../kit/words.js'

/** Of a sentence of the console. */
export type Key = KeyOf<'operator.script'>

export const say = speaker<Key>()
