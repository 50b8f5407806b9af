import { AuditRecordEntity } from './audit/index.js'
import { BookingAlarmEntity, BookingEntity } from './bookings/index.js'
import { CounterEntity, QueueVersionEntity } from './counters/index.js'
import { KeptAnswerEntity } from './platform/db/kept-answer.entity.js'
import { MatterEntity } from './matters/index.js'
import { OwnershipEntity } from './platform/db/ownership.js'
import { WriteProbeEntity } from './platform/db/write-probe.entity.js'
import { JobRunEntity } from './platform/jobs/job-run.entity.js'
import { OutboxEntity } from './platform/mail/outbox.entity.js'
import { GenerationEntity, InstallationEntity } from './platform/restore/installation.entity.js'
import { CallEntity, LaneNumberEntity, TicketEntity } from './queue/index.js'
import { CalendarEntity, ClosureEntity, SpecialOpeningEntity } from './scheduling/index.js'
import { SeatClaimEntity, TakenSeatsEntity } from './seats/index.js'
import { ServiceEntity, SiteEntity, SiteServiceEntity } from './sites/index.js'
import { AccountEntity, DeviceEntity, SessionEntity } from './access/index.js'
import { RecoveryCodeEntity } from './staff/index.js'

/** Every entity class, listed: no globs. */
export const entities = [
  AccountEntity,
  AuditRecordEntity,
  BookingAlarmEntity,
  BookingEntity,
  CalendarEntity,
  CallEntity,
  ClosureEntity,
  CounterEntity,
  DeviceEntity,
  GenerationEntity,
  InstallationEntity,
  JobRunEntity,
  KeptAnswerEntity,
  LaneNumberEntity,
  MatterEntity,
  OutboxEntity,
  OwnershipEntity,
  QueueVersionEntity,
  SeatClaimEntity,
  ServiceEntity,
  RecoveryCodeEntity,
  SessionEntity,
  SiteEntity,
  SiteServiceEntity,
  SpecialOpeningEntity,
  TakenSeatsEntity,
  TicketEntity,
  WriteProbeEntity,
]
