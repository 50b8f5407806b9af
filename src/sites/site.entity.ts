import { Column, Entity, PrimaryColumn } from 'typeorm'
import type { Lane } from './lane.shape.js'
import type { Service, Site, SiteNotice, SiteService } from './site.js'

@Entity('site')
export class SiteEntity implements Site {
  @PrimaryColumn('varchar', { length: 40 }) id!: string
  @Column('varchar', { length: 120 }) name!: string
  @Column('varchar', { length: 200 }) address!: string
  @Column('varchar', { name: 'time_zone', length: 60 }) timeZone!: string
  @Column('varchar', { length: 30, nullable: true }) phone!: string | null
  @Column('boolean', { name: 'email_confirmation' }) emailConfirmation!: boolean
  @Column('simple-json', { name: 'trusted_addresses', nullable: true }) trustedAddresses!: string[] | null
  @Column('simple-json', { name: 'open_on_holidays' }) openOnHolidays!: string[]
  @Column('simple-json', { nullable: true }) notices!: SiteNotice[] | null
  @Column('boolean', { name: 'is_example' }) isExample!: boolean
  @Column('integer') position!: number
}

@Entity('service')
export class ServiceEntity implements Service {
  @PrimaryColumn('varchar', { length: 40 }) id!: string
  @Column('varchar', { name: 'name_it', length: 120 }) nameIt!: string
  @Column('varchar', { name: 'name_en', length: 120 }) nameEn!: string
  @Column('boolean') bookable!: boolean
  @Column('varchar', { name: 'walk_in_from', length: 5, nullable: true }) walkInFrom!: string | null
  @Column('varchar', { name: 'walk_in_to', length: 5, nullable: true }) walkInTo!: string | null
  @Column('varchar', { length: 1 }) lane!: Lane
  @Column('text', { name: 'bring_it' }) bringIt!: string
  @Column('text', { name: 'bring_en' }) bringEn!: string
  @Column('integer') position!: number
}

@Entity('site_service')
export class SiteServiceEntity implements SiteService {
  @PrimaryColumn('varchar', { name: 'site_id', length: 40 }) siteId!: string
  @PrimaryColumn('varchar', { name: 'service_id', length: 40 }) serviceId!: string
  @Column('integer', { name: 'persons_per_slot' }) personsPerSlot!: number
  @Column('integer', { name: 'max_wait_minutes', nullable: true }) maxWaitMinutes!: number | null
  @Column('integer', { name: 'daily_quota', nullable: true }) dailyQuota!: number | null
  @Column('varchar', { name: 'walk_in_from', length: 5, nullable: true }) walkInFrom!: string | null
  @Column('varchar', { name: 'walk_in_to', length: 5, nullable: true }) walkInTo!: string | null
  @Column('boolean', { name: 'senior_first', default: false }) seniorFirst!: boolean
}
