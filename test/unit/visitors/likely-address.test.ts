import { expect } from 'chai'
import { isOneLetterFrom, likelyAddress } from '../../../src/visitors/likely-address.js'

describe('a mail address that looks mistyped (C5)', () => {
  const MEANT = [
    ['gmial.com', 'gmail.com'],
    ['gmai.com', 'gmail.com'],
    ['gmaill.com', 'gmail.com'],
    ['gnail.com', 'gmail.com'],
    ['gmail.con', 'gmail.com'],
    ['gmial.con', 'gmail.com'],
    ['gmail.co', 'gmail.com'],
    ['gmail.it', 'gmail.com'],
    ['hotmial.it', 'hotmail.it'],
    ['hotmal.com', 'hotmail.com'],
    ['libero.itt', 'libero.it'],
    ['lbero.it', 'libero.it'],
    ['yaho.it', 'yahoo.it'],
    ['outlok.it', 'outlook.it'],
    ['iclod.com', 'icloud.com'],
    ['tiscalli.it', 'tiscali.it'],
    ['studio-rossi.con', 'studio-rossi.com'],
    ['comune.legnano.mi.ti', 'comune.legnano.mi.it'],
  ] as const
  for (const [typed, meant] of MEANT)
    it(`${typed}: ${meant}?`, () => expect(likelyAddress(`maria+figli@${typed}`)).to.equal(`maria+figli@${meant}`))

  it('says nothing of addresses that are as they should be, whatever they resemble', () => {
    const right = ['gmail.com', 'ymail.com', 'mail.com', 'email.com', 'email.it', 'tin.it', 'tim.it', 'live.it']
    const unknown = ['example.org', 'asst-ovestmi.it', 'xn--caff-8oa.it', 'five.it', 'a.it', 'company.co', 'x.museum']
    for (const domain of [...right, ...unknown]) expect(likelyAddress(`maria@${domain}`), domain).to.equal(null)
  })

  it('one letter: wrong, missing, too many, or two changed round; not two, not none', () => {
    for (const near of ['gmeil', 'gmil', 'gmaiil', 'gamil', 'mail', 'gmai', 'xgmail', 'gmailx'])
      expect(isOneLetterFrom(near, 'gmail'), near).to.equal(true)
    for (const far of ['gmail', 'gmeill', 'gmal1x', 'liamg', '', 'gm', 'agmil'])
      expect(isOneLetterFrom(far, 'gmail'), far).to.equal(false)
  })
})
