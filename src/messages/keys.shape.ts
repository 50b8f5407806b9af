import type { it } from './it/index.js'

/** `people_one` and `people_other` are asked for as `people`, with a count. */
type Called<Name extends string> = Name extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : Name

type KeysOf<Group> = {
  [Name in keyof Group & string]: Group[Name] extends string ? Called<Name> : `${Name}.${KeysOf<Group[Name]>}`
}[keyof Group & string]

type TopicsOf<Group> = {
  [Name in keyof Group & string]: Group[Name] extends string ? never : Name | `${Name}.${TopicsOf<Group[Name]>}`
}[keyof Group & string]

/** A group of sentences: `operator.script`. */
export type Topic = TopicsOf<typeof it>

/** What a sentence is asked for by: `problems.slot-full`. The Italian ones say which there are; English has the same. */
export type MessageKey = KeysOf<typeof it>

type Below<Group extends string, Key> = Key extends `${Group}.${infer Rest}` ? Rest : never

/** The keys of a topic, as the scripts of the page that is given this topic ask for them (public/js/kit/words.ts). */
export type KeyOf<Group extends Topic> = Below<Group, MessageKey>

type Titled<Key, Leaf extends string> = Key extends `${infer Name}.${Leaf}` ? Name : never

/** The groups of a topic that have such a sentence: `GroupOf<'staff.notices', 'title'>`. */
export type GroupOf<Group extends Topic, Leaf extends string> = Titled<KeyOf<Group>, Leaf>
