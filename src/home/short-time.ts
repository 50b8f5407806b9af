/** `8:30` of `08:30` */
export const shortTime = (time: string): string => time.replace(/^0/, '')
