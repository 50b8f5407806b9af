/** X6: more words than any name has in one field; a sentence to a stranger needs them. */
const MOST_WORDS = 5

/**
 * Letters of any script with their marks, none that is invisible (Hangul fillers count as letters); apostrophes as people
 * type them; hyphens; a dot at the end of a word only, where it shortens a name: inside one it makes an address.
 */
const WORD = /^(?:(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{M}'’´`′ʼ‐‑-])+\.?$/u

/** True for what can be a name (X6). Words are parted by single blanks. */
export function isPersonName(text: string): boolean {
  const words = text.split(' ')
  return words.length <= MOST_WORDS && words.every((word) => WORD.test(word)) && /\p{L}/u.test(text)
}
