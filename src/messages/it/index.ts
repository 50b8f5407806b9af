import { citizen } from './citizen.js'
import { display } from './display.js'
import { kiosk } from './kiosk.js'
import { mail } from './mail.js'
import { operator } from './operator.js'
import { fields, problems } from './problems.js'
import { holidays, reasons } from './reasons.js'
import { staff } from './staff.js'
import { ticket } from './ticket.js'
import { visitor } from './visitor.js'

export const it = {
  citizen,
  display,
  fields,
  holidays,
  kiosk,
  mail,
  operator,
  problems,
  reasons,
  staff,
  ticket,
  visitor,
  /** A day and an hour. */
  when: '{{day}}, ore {{time}}',
}
