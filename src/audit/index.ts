export { AuditRecordEntity } from './audit-record.entity.js'
export { type Change, recordChange } from './record-change.js'
