import { Platform1764000000001 } from './0001-platform.js'
import { Sites1764000000002 } from './0002-sites.js'
import { Scheduling1764000000003 } from './0003-scheduling.js'
import { Seats1764000000004 } from './0004-seats.js'
import { Bookings1764000000005 } from './0005-bookings.js'
import { SeatChanges1764000000006 } from './0006-seat-changes.js'
import { Queue1764000000007 } from './0007-queue.js'
import { Staff1764000000008 } from './0008-staff.js'
import { AuditWords1764000000009 } from './0009-audit-words.js'
import { SeatStretches1764000000010 } from './0010-seat-stretches.js'
import { CountersAtWork1764000000011 } from './0011-counters-at-work.js'
import { Screens1764000000012 } from './0012-screens.js'
import { WriteProbe1764000000013 } from './0013-write-probe.js'
import { OwnershipTurn1764000000014 } from './0014-ownership-turn.js'
import { Origins1764000000015 } from './0015-origins.js'
import { MailCauses1764000000016 } from './0016-mail-causes.js'
import { Restores1764000000019 } from './0019-restores.js'
import { Recipients1764000000020 } from './0020-recipients.js'
import { SealedTotp1764000000025 } from './0025-sealed-totp.js'
import { AccessThatEnds1764000000027 } from './0027-access-that-ends.js'
import { WaysGiven1764000000028 } from './0028-ways-given.js'
import { LinksMadeAnew1764000000030 } from './0030-links-made-anew.js'
import { Matters1764000000031 } from './0031-matters.js'
import { BookedMatter1764000000032 } from './0032-booked-matter.js'

/** In order. A migration that has shipped is never edited. */
export const migrations = [
  Platform1764000000001,
  Sites1764000000002,
  Scheduling1764000000003,
  Seats1764000000004,
  Bookings1764000000005,
  SeatChanges1764000000006,
  Queue1764000000007,
  Staff1764000000008,
  AuditWords1764000000009,
  SeatStretches1764000000010,
  CountersAtWork1764000000011,
  Screens1764000000012,
  WriteProbe1764000000013,
  OwnershipTurn1764000000014,
  Origins1764000000015,
  MailCauses1764000000016,
  Restores1764000000019,
  Recipients1764000000020,
  SealedTotp1764000000025,
  AccessThatEnds1764000000027,
  WaysGiven1764000000028,
  LinksMadeAnew1764000000030,
  Matters1764000000031,
  BookedMatter1764000000032,
]
