/** What people put between the parts of a code: blanks, hyphens, dots, and what a phone pastes. Few, so that it ends. */
export const BETWEEN = String.raw`[\s\p{Cf}\p{Pd}\u2212._/]{0,3}`
const spelled = (...signs: string[]): string => signs.join(BETWEEN)
const times = (count: number, sign: string): string[] => Array.from({ length: count }, () => sign)

/** A digit of a codice fiscale, or the letter that stands for it (omocodia). */
const DIGIT = '[0-9LMNP-V]'
const [LETTER, NUMBER] = ['[A-Z]', String.raw`\d`]

const CODICE_FISCALE = spelled(
  ...times(6, LETTER),
  ...times(2, DIGIT),
  '[A-EHLMPRST]',
  ...times(2, DIGIT),
  LETTER,
  ...times(3, DIGIT),
  LETTER,
)
const FOREIGN = `(?:${spelled('S', 'T', 'P')}|${spelled('E', 'N', 'I')})${BETWEEN}${spelled(...times(13, NUMBER))}`
/** The provisional one of eleven digits; a telephone that looks like it is as personal. */
const PROVISIONAL = spelled(...times(11, NUMBER))

const CODES = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${CODICE_FISCALE}|${FOREIGN}|${PROVISIONAL})(?![\p{L}\p{N}])`,
  'giu',
)

/** A3: staff write reasons in their own words; an identifier among them, however spelled, must not rest in clear. */
export const maskCodes = (text: string): string => text.replace(CODES, '[codice fiscale]')
