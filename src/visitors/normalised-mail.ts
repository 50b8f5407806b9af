/** K5's key of a valid mail address: lower-cased and without `+tag`, unless nothing stands before the tag. */
export function normalisedMail(address: string): string {
  const lower = address.toLowerCase()
  const plus = lower.indexOf('+')
  const at = lower.lastIndexOf('@')
  return plus > 0 && plus < at ? lower.slice(0, plus) + lower.slice(at) : lower
}
