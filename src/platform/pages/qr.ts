import { type QRCodeToStringOptions, toString as draw } from 'qrcode'

const OPTIONS: QRCodeToStringOptions = { type: 'svg', errorCorrectionLevel: 'M', margin: 2 }

/** A text as an SVG picture for readers and phones: a booking's code at the kiosk (W1), the address of a ticket's page. */
export const qrCode = (text: string): Promise<string> => draw(text, { ...OPTIONS, width: 240 })

/** The same as a `data:` address, which a page may show under our policy. */
export async function qrPicture(text: string): Promise<string> {
  const svg = await draw(text, OPTIONS)
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}
