import { toString as draw } from 'qrcode'

/** The set-up address as a picture that a page may show under our policy: a `data:` SVG. */
export async function totpQr(uri: string): Promise<string> {
  const svg = await draw(uri, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 })
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}
