export type Lang = 'it' | 'en'
