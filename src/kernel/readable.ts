/** No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: read aloud or copied by hand they would be taken for each other. */
export const READABLE = '34679ACDEFGHJKMNPQRTWXY'
