import { expect } from 'chai'
import {
  changed,
  choiceMark,
  DraftCookie,
  emptyDraft,
  keepTyped,
  type TypedVisitor,
} from '../../../src/booking-steps/booking-draft.js'
import { eachVisitorField } from '../../../src/kernel/visitor-fields.js'
import { makeSecrets } from '../../../src/platform/secrets.js'

const secrets = makeSecrets('a'.repeat(32))

/** What a browser would have been told to keep. */
function saved(draft = emptyDraft(), secure = false) {
  const set: { name: string; value: string; options: Record<string, unknown> }[] = []
  new DraftCookie(secrets, secure).save(
    { cookie: (name, value, options) => set.push({ name, value, options: { ...options } }) },
    draft,
  )
  const [cookie] = set
  if (!cookie) throw new Error('no cookie')
  return cookie
}

describe('the draft of a booking in its cookie', () => {
  it('comes back as it was, and only to the server that sealed it', () => {
    const draft = changed(emptyDraft(), { siteId: 'legnano', notes: 'Due figli' })
    const { name, value } = saved(draft)
    expect(new DraftCookie(secrets, false).read({ cookies: { [name]: value } })).to.deep.equal(draft)
    const other = new DraftCookie(makeSecrets('b'.repeat(32)), false).read({ cookies: { [name]: value } })
    expect(other).to.deep.equal({ ...emptyDraft(), key: other.key })
  })

  it('comes back from before a release that asks one thing more: that is empty, the rest as it was typed', () => {
    const { phone: _new, ...before } = { ...emptyDraft().visitor, firstName: 'Nicolò' }
    const { name, value } = saved({ ...emptyDraft(), visitor: before as TypedVisitor })
    const { visitor } = new DraftCookie(secrets, false).read({ cookies: { [name]: value } })
    expect(visitor).to.deep.equal({ ...emptyDraft().visitor, firstName: 'Nicolò' })
  })

  it('is out of reach of scripts and of other hosts, for two hours', () => {
    const { name, options } = saved(emptyDraft(), true)
    expect(name).to.equal('__Host-booking-draft')
    expect(options).to.deep.equal({ httpOnly: true, sameSite: 'lax', secure: true, path: '/', maxAge: 7_200_000 })
  })

  for (const char of ['a', '"', '\\', '\n', 'à', '漢', '😀']) {
    it(`fits into a browser's 4096 bytes with every field full of ${JSON.stringify(char)}`, () => {
      const typed = char.repeat(2000)
      const visitor = eachVisitorField((field) => keepTyped(field, typed))
      const ids = {
        siteId: 's'.repeat(40),
        serviceId: 's'.repeat(40),
        startsAt: '2026-11-24T08:30:00.000Z',
        hold: 'h'.repeat(43),
        heldUntil: '2026-11-24T08:40:00.000Z',
      }
      const draft = {
        ...emptyDraft(),
        ...ids,
        mailAsked: 'a'.repeat(16),
        notes: keepTyped('notes', typed),
        visitor: visitor as ReturnType<typeof emptyDraft>['visitor'],
      }
      const { name, value } = saved(draft, true)
      expect(name.length + value.length).to.be.lessThan(4000)
    })
  }

  it('keeps every right value whole', () => {
    expect(keepTyped('notes', '😀'.repeat(200))).to.equal('😀'.repeat(200))
    expect(keepTyped('firstName', '漢'.repeat(60))).to.equal('漢'.repeat(60))
    expect(keepTyped('notes', 'una\r\ndue\u0000')).to.equal('una\ndue')
  })

  it('has a new key with every change, and a mark for what was chosen', () => {
    const draft = emptyDraft()
    const typed = changed(draft, { notes: 'x' })
    expect(typed.key).not.to.equal(draft.key)
    expect(choiceMark(typed)).to.equal(choiceMark(draft))
    expect(choiceMark(changed(draft, { persons: 2 }))).not.to.equal(choiceMark(draft))
  })
})
