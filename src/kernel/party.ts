/** K2: how many people one booking may bring: everybody who is offered, read or told the number takes it from here. */
export const MOST_PERSONS = 6
