import { toString as draw } from 'qrcode'

/** An address as a picture that a page may show under our policy: a `data:` SVG. */
export async function qrPicture(address: string): Promise<string> {
  const svg = await draw(address, { type: 'svg', errorCorrectionLevel: 'M', margin: 1 })
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}
