import { type EntityManager, MoreThanOrEqual } from 'typeorm'
import { AuditRecordEntity } from './audit-record.entity.js'
import type { Change } from './record-change.js'

/** How often somebody has done this to a thing since an instant. */
export const countChanges = (
  em: EntityManager,
  { since, ...what }: Pick<Change, 'subjectKind' | 'subjectId' | 'who' | 'what'> & { since: Date },
): Promise<number> => em.countBy(AuditRecordEntity, { ...what, at: MoreThanOrEqual(since) })
