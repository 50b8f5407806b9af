import type { Secrets } from '../platform/secrets.js'

/** Purpose under which the tax code is sealed: it opens nowhere else. */
const PURPOSE = 'tax-code'

export const sealTaxCode = (secrets: Secrets, taxCode: string): string => secrets.seal(taxCode, PURPOSE)

/** @returns null when it was sealed with a secret that is lost */
export const openTaxCode = (secrets: Secrets, sealed: string): string | null => secrets.unseal(sealed, PURPOSE)
