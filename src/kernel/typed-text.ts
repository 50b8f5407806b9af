/** Blanks of any width, hyphens and dashes of any length, direction marks and other signs that nobody sees. */
const BETWEEN = /[\s\p{Cf}\p{Pd}\u2212]/gu

/** A code or number as it is meant: what people type between its parts, and what a phone pastes with it, is dropped. */
export const withoutSeparators = (typed: string): string => typed.replace(BETWEEN, '')

/** Signs that steer or hide others: controls but for the line's end, direction marks, zero widths, lone halves. */
const HIDDEN =
  /[^\P{Cc}\n]|\p{Bidi_Control}|[\u00ad\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Cs}/u

/**
 * The one rule for every free text. NFC, lines end with `\n`, nothing at the ends. Joiners (U+200C, U+200D) stay: Persian
 * and Hindi are not written without.
 * @returns null when it holds signs that could hide or turn round what is beside them
 */
export function freeTextOf(typed: string): string | null {
  const text = typed.normalize('NFC').replace(/\r\n?/g, '\n').replaceAll('\t', ' ').trim()
  return HIDDEN.test(text) ? null : text
}
