import { toString as draw } from 'qrcode'

/** A text as an SVG picture for readers and phones: a booking's code at the kiosk (W1), the address of a ticket's page. */
export const qrCode = (text: string): Promise<string> =>
  draw(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 2, width: 240 })
