import { expect } from 'chai'
import { newbornFault } from '../../../src/queue/newborn-code.js'
import { checkLetter } from '../../../src/visitors/codice-fiscale.js'

/** A codice fiscale of a girl or boy born that day: body and the letter it asks for. */
const born = (yyMdd: string): string => {
  const body = `RSSMRA${yyMdd}F205`
  return body + checkLetter(body)
}

const told = (code: string | null, today = '2026-11-24') => {
  const fault = newbornFault(code, today)
  return fault
    ? `${fault.code}${fault.details.errors ? ` ${fault.details.errors[0]?.field} ${fault.details.errors[0]?.code}` : ''}`
    : 'right'
}

describe('the child’s codice fiscale at the kiosk (W4)', () => {
  const rows: [title: string, code: string | null, expected: string][] = [
    ['of a child born today', born('26S24'), 'right'],
    [
      'of a girl born last winter, typed with spaces',
      born('25T50')
        .replace(/(.{4})/g, '$1 ')
        .toLowerCase(),
      'right',
    ],
    ['of a child whose first birthday is tomorrow', born('25S25'), 'right'],
    ['of a child whose first birthday is today', born('25S24'), 'not-a-newborn'],
    ['of a grown-up', 'RSSMRA85T10A562S', 'not-a-newborn'],
    ['of a child born tomorrow, who is a centenarian', born('26S25'), 'not-a-newborn'],
    ['with a wrong letter', 'GLABNC72H25H501Y', 'invalid newbornTaxCode taxCode.checkLetter'],
    ['of eleven digits, which no birth date is in', '12345678903', 'not-a-newborn'],
    ['not typed', ' ', 'newborn-tax-code-required'],
    ['not there', null, 'newborn-tax-code-required'],
  ]
  for (const [title, code, expected] of rows) it(`${title}: ${expected}`, () => expect(told(code)).to.equal(expected))

  it('of a child born on 29 February is a newborn’s until 28 February', () => {
    const code = born('28B29')
    expect([told(code, '2029-02-28'), told(code, '2029-03-01')]).to.deep.equal(['right', 'not-a-newborn'])
  })
})
