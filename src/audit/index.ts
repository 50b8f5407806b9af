export { AuditRecordEntity } from './audit-record.entity.js'
export { type Change, changedFields, recordChange } from './record-change.js'
