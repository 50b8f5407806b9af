import { toString as draw } from 'qrcode'

/** The booking's code as an SVG picture, for the reader at the kiosk (W1). Holds the code alone, no address. */
export const qrCode = (code: string): Promise<string> =>
  draw(code, { type: 'svg', errorCorrectionLevel: 'M', margin: 2, width: 240 })
