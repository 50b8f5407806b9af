export { AuditRecordEntity } from './audit-record.entity.js'
export { countChanges } from './audit-record.store.js'
export { eraseReasons, eraseTicketReasons } from './erase-reasons.js'
export { type Change, changedFields, maskedReason, recordChange } from './record-change.js'
