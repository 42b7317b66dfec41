import { statfs } from 'node:fs/promises';
import type { Device } from '../../shared/devices/schema.ts';
import type { Organization } from '../../shared/organizations/schema.ts';
import { checkStore } from './check-store.ts';
import type { Station } from './station.ts';

const CONTACT_DAYS = 14;

/** What is in force on this machine, for the settings screen; nothing here is patient data. */
export async function settingsOf(station: Station): Promise<Record<string, unknown>> {
  const { cabinet, identity, config, vault } = station;
  const { questions, reader } = cabinet;
  const organization = await reader.get<Organization>('organization', identity.organizationId);
  const devices = await questions.devicesAt(identity.locationId);
  const stations = await questions.stations();
  const locations = await questions.locations();
  const disk = await statfs(config.dataDir);
  const lastContact = cabinet.meta.get('last-contact');
  const contacts = await station.postman.contacts();
  return {
    version: '0.1.0',
    organizationName: organization?.name ?? null,
    serverUrl: identity.serverUrl,
    values: Object.entries(config.settings).map(([name, value]) => ({ name, value, from: '' })),
    devices: devices.map((one) => ({
      id: one.id,
      name: one.name,
      aeTitle: one.aeTitle,
      address: `${one.host}:${one.port}`,
      modality: one.modality,
      lastImageUtc: lastImageOf(station, one.aeTitle),
    })),
    keys: { ...config.keys, recoveryKeyMade: true, serverEscrow: cabinet.meta.get('escrow-sent') === 'yes' },
    stations: stations.map((one) => ({
      id: one.id,
      code: one.code,
      name: one.name,
      locationName: locations.find((location) => location.id === one.locationId)?.name ?? '',
      locationId: one.locationId,
      revokedAtUtc: one.revokedAtUtc,
      isHere: one.id === identity.stationId,
      lastSeenUtc: one.id === identity.stationId ? (lastContact ?? null) : (contacts[one.id] ?? null),
      waiting: one.id === identity.stationId ? station.postman.state().waiting.length : null,
    })),
    locations: locations.map((one) => ({ id: one.id, name: one.name })),
    locationId: identity.locationId,
    disk: {
      totalBytes: disk.blocks * disk.bsize,
      freeBytes: disk.bavail * disk.bsize,
      imageBytes: vault.all().reduce((sum, row) => sum + row.bytes, 0),
      recordBytes:
        Number(cabinet.db.pragma('page_count', { simple: true })) *
        Number(cabinet.db.pragma('page_size', { simple: true })),
    },
    safety: {
      lastBackupUtc: null,
      lastRestoreDrillUtc: null,
      lastCheckUtc: cabinet.meta.get('last-check') ?? null,
      lastCheckFaults:
        cabinet.meta.get('last-check-faults') === undefined ? null : Number(cabinet.meta.get('last-check-faults')),
      offlineUntilUtc: lastContact ? new Date(Date.parse(lastContact) + CONTACT_DAYS * 86_400_000).toISOString() : null,
    },
  };
}

/** When the last object of one scanner came. */
function lastImageOf(station: Station, aeTitle: string): string | null {
  const sql =
    "select body from received where json_extract(body, '$.callingAeTitle') = ? order by journal_seq desc limit 1";
  const body = station.cabinet.db.prepare(sql).pluck().get(aeTitle) as string | undefined;
  return body === undefined ? null : (JSON.parse(body) as { receivedAtUtc: string }).receivedAtUtc;
}

/** What the Scan screen says of one scanner: its last query, its last image, who was refused at the door, disk left. */
export async function deviceLogOf(station: Station, deviceId: string): Promise<Record<string, unknown>> {
  const device = station.cabinet.getHeld('device', deviceId)?.doc as Device | undefined;
  const disk = await statfs(station.config.dataDir);
  return {
    lastQuery: station.imaging.lastQuery(deviceId),
    lastImageAtUtc: device ? lastImageOf(station, device.aeTitle) : null,
    refusals: station.refusals.slice(-20),
    diskFreeBytes: disk.bavail * disk.bsize,
  };
}

/** The loud checks, one line each; the result is kept for the settings screen. */
export async function checkOf(
  station: Station,
): Promise<{ checks: Array<{ name: string; ok: boolean; detail: string }> }> {
  const report = await checkStore(station.cabinet, station.vault, station.log);
  station.cabinet.meta.set('last-check', new Date(station.nowMs()).toISOString());
  station.cabinet.meta.set('last-check-faults', String(report.problems.length));
  const lineOf = (name: string, prefix: RegExp) => {
    const found = report.problems.filter((problem) => prefix.test(problem));
    return { name, ok: found.length === 0, detail: found.slice(0, 5).join('; ') };
  };
  return {
    checks: [
      lineOf('store', /^store/),
      lineOf('log', /^log/),
      lineOf('documents', /^(?!store|log|file)/),
      lineOf('files', /^file/),
    ],
  };
}
