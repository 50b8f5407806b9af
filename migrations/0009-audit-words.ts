import type { MigrationInterface, QueryRunner } from 'typeorm'
import { lengthenText } from './table-helpers.js'

/** What a calendar or a site was and became takes more words than a state (A3). */
export class AuditWords1764000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const name of ['from_state', 'to_state']) await lengthenText(runner, 'audit_record', { name, length: 1000 })
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['from_state', 'to_state']) await lengthenText(runner, 'audit_record', { name, length: 60 })
  }
}
