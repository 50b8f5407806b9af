export { AuditRecordEntity } from './audit-record.entity.js'
export { countChanges } from './audit-record.store.js'
export { eraseReasons } from './erase-reasons.js'
export { type Change, changedFields, recordChange } from './record-change.js'
