import type { Api } from '../platform/http/api.js'
import { addressKey } from '../platform/http/addresses.js'
import { zonedIso } from '../kernel/local-day.js'
import { actorOf, type Device, PAIRING_LENGTH, siteOfPath, staffOf } from '../access/index.js'
import type { Staff } from './actions.js'
import { deviceBody, printerBody, deviceParams, pairBody } from './staff.forms.js'
import { siteParams } from '../platform/http/fields.js'

/** A device as its manager sees it. */
const publicDevice = ({ id, kind, pairedAt, pairingEndsAt, printerFailedAt }: Device, timeZone: string) => ({
  id,
  kind,
  pairedAt: pairedAt && zonedIso(pairedAt, timeZone),
  pairingEndsAt: pairingEndsAt && zonedIso(pairingEndsAt, timeZone),
  printerFailedAt: printerFailedAt && zonedIso(printerFailedAt, timeZone),
})

/** Kiosks and displays: invited by a manager, paired by a code (W6). */
export function addDeviceRoutes(api: Api, staff: Staff): void {
  const { permit, limits, inviteDevice, pairDevice, timeZoneOf } = staff
  api.add({
    method: 'post',
    path: '/devices/pair',
    summary: 'A kiosk or display gets its lasting token for a pairing code',
    body: pairBody,
    answers: { 201: '{ token, site, kind }', 422: 'pairing-code', 429: 'too-many-requests' },
    prepare: ({ req }) => limits.spend('pair', addressKey(req.ip)),
    write: async (tx, { body }) => {
      const { device, token } = await pairDevice(tx, body)
      return {
        status: 201,
        body: { token, site: device.siteId, kind: device.kind },
        secrets: [{ kind: 'device', id: device.id }],
      }
    },
  })
  api.add({
    method: 'post',
    path: '/sites/:site/devices',
    summary: 'Invites a kiosk or a display: a code for ten minutes and one use',
    params: siteParams,
    body: deviceBody,
    answers: { 201: '{ pairingCode, expiresAt, device }', 404: 'unknown-site' },
    before: permit('devices:manage', siteOfPath),
    write: async (tx, { params, body, req }) => {
      const timeZone = await timeZoneOf(params.site)
      const command = { siteId: params.site, kind: body.kind, who: staffOf(req).username }
      const { device, pairingCode } = await inviteDevice(tx, command)
      const seen = publicDevice(device, timeZone)
      return {
        status: 201,
        body: { pairingCode, expiresAt: seen.pairingEndsAt, device: seen },
        secrets: [{ kind: 'pairing', id: device.id, length: PAIRING_LENGTH }],
      }
    },
  })
  addManageRoutes(api, staff)
}

function addPrinterRoute(api: Api, { permit, tellPrinter }: Staff): void {
  api.add({
    method: 'post',
    path: '/sites/:site/printer',
    summary: 'A kiosk says that its tickets do not come out, or do again; staff says that they do again',
    params: siteParams,
    body: printerBody,
    limit: 'staff',
    answers: { 204: 'noted', 404: 'unknown-site' },
    before: permit('walk-in', siteOfPath),
    write: async (tx, { params, body, req }) => {
      await tellPrinter(tx, { siteId: params.site, works: body.works, actor: actorOf(req) })
      return { status: 204 }
    },
  })
}

function addManageRoutes(api: Api, staff: Staff): void {
  const { permit, devices, timeZoneOf, revokeDevice } = staff
  addPrinterRoute(api, staff)
  api.add({
    method: 'get',
    path: '/sites/:site/devices',
    summary: 'The kiosks and displays of a site',
    params: siteParams,
    answers: { 200: '{ devices: [{ id, kind, pairedAt, pairingEndsAt, printerFailedAt }] }', 404: 'unknown-site' },
    before: permit('devices:manage', siteOfPath),
    read: async ({ params: { site } }) => {
      // An admin's permit says nothing about what exists.
      const timeZone = await timeZoneOf(site)
      const found = await devices.ofSite(site)
      return { status: 200, body: { devices: found.map((device) => publicDevice(device, timeZone)) } }
    },
  })
  api.add({
    method: 'delete',
    path: '/sites/:site/devices/:device',
    summary: 'Revokes a device, at once',
    params: deviceParams,
    answers: { 204: 'gone', 404: 'unknown-device' },
    before: permit('devices:manage', siteOfPath),
    write: async (tx, { params, req }) => {
      await revokeDevice(tx, { siteId: params.site, deviceId: params.device, who: staffOf(req).username })
      return { status: 204 }
    },
  })
}
