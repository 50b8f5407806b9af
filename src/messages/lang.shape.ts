/** Italian first, English second and complete. */
export type Lang = 'it' | 'en'
