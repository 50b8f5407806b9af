import { Counter, type Registry } from 'prom-client'

/** X4: what is held, booked, refused and alarming, since the process began. Holds nothing of persons (A5). */
export interface BookingMetrics {
  held(site: string): void
  booked(site: string, status: string): void
  refused(code: string): void
  alarmed(site: string): void
}

export function makeBookingMetrics(registry: Registry): BookingMetrics {
  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers: [registry] })
  const holds = counter('turno_holds', 'Seats held, by site', ['site'])
  const bookings = counter('turno_bookings', 'Bookings made, by site and how they began', ['site', 'status'])
  const refusals = counter('turno_refusals', 'Holds, bookings and changes refused, by code', ['code'])
  const alarms = counter('turno_booking_alarms', 'Hours with far more bookings than usual, by site', ['site'])
  return {
    held: (site) => holds.inc({ site }),
    booked: (site, status) => bookings.inc({ site, status }),
    refused: (code) => refusals.inc({ code }),
    alarmed: (site) => alarms.inc({ site }),
  }
}
