const ATOM = /^[A-Za-z0-9_+-]+$/
const LABEL = /^[A-Za-z0-9-]{1,63}$/

/**
 * True for one plain ASCII address. Quoted parts, lists, comments and display names are refused, because mail
 * libraries have read them as further recipients (T36); 64 and 254 are the limits of RFC 5321.
 */
export function isMailAddress(text: string): boolean {
  if (text.length > 254) return false
  const [local = '', domain = '', ...more] = text.split('@')
  if (more.length > 0 || local.length > 64) return false
  const labels = domain.split('.')
  return local.split('.').every((atom) => ATOM.test(atom)) && labels.every(isLabel) && isTopLabel(labels)
}

const isLabel = (label: string): boolean => LABEL.test(label) && !label.startsWith('-') && !label.endsWith('-')

/** The last label starts with a letter, which rules out IP addresses, and there is one before it. */
const isTopLabel = (labels: readonly string[]): boolean => labels.length > 1 && /^[A-Za-z]./.test(labels.at(-1) ?? '')
