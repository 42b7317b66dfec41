/** What the fake answers on `station`: one picture of a station that is well, or offline. */
import type { StationSettings } from '../station-answers.ts';
import type { SyncState } from '../../../shared/ipc/contract.ts';
import { sampleId } from './sample-people.ts';

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

export function fakeSync(phase: SyncState['phase']): SyncState {
  const commands = ['waiting-room/arrive', 'scheduling/book', 'billing/take-payment', 'people/update'] as const;
  const isWaiting = phase === 'offline' || phase === 'stuck';
  return {
    phase,
    lastContactUtc: minutesAgo(isWaiting ? 87 : 0.03),
    sinceUtc: isWaiting ? minutesAgo(87) : null,
    waiting: isWaiting
      ? commands.map((command, at) => ({
          setId: sampleId(100 + at),
          command,
          atUtc: minutesAgo(1 + at * 20),
          authorName: at === 2 ? 'Dewi Kusuma' : 'Rina Suryani',
          claim: command === 'scheduling/book',
          held: null,
        }))
      : [],
    waitingFiles: isWaiting ? 48 : 0,
    clockOffsetMs: 0,
    aheadOfServer: 0,
    loadedPercent: phase === 'loading' ? 40 : null,
    why: null,
  };
}

export function fakeSettings(): StationSettings {
  const stations = [
    ['Scan room', 'K3', 'Kemang', 0.05, 2],
    ['Reading 1', 'K4', 'Kemang', 0.02, 1],
    ['Cashier', 'K5', 'Kemang', 0.2, 0],
    ['Kuningan front desk', 'G1', 'Kuningan', 87, null],
  ] as const;
  return {
    version: '0.1.0',
    organizationName: 'Klinik Kemang',
    serverUrl: 'https://praxis.klinik.example',
    values: [
      { name: 'PRAXIS_DICOM_PORT', value: '11112', from: 'default' },
      { name: 'PRAXIS_IDLE_LOCK_MINUTES', value: '5', from: 'role' },
    ],
    devices: [
      {
        id: sampleId(201),
        name: 'CT 1',
        aeTitle: 'CT1KMG',
        address: '10.20.4.31:104',
        modality: 'CT',
        lastImageUtc: minutesAgo(3),
      },
      {
        id: sampleId(202),
        name: 'X-ray 1',
        aeTitle: 'XR1KMG',
        address: '10.20.4.32:104',
        modality: 'DX',
        lastImageUtc: null,
      },
    ],
    keys: {
      backend: 'key folder',
      strong: false,
      note: 'mode 0600, outside the data folder',
      recoveryKeyMade: true,
      serverEscrow: true,
    },
    stations: stations.map(([name, code, locationName, minutes, waiting], at) => ({
      id: sampleId(300 + at),
      name,
      code,
      locationName,
      locationId: sampleId(locationName === 'Kemang' ? 401 : 402),
      lastSeenUtc: minutesAgo(minutes),
      revokedAtUtc: code === 'K5' ? minutesAgo(3000) : null,
      isHere: code === 'K4',
      waiting,
    })),
    locations: [
      { id: sampleId(401), name: 'Kemang' },
      { id: sampleId(402), name: 'Kuningan' },
    ],
    locationId: sampleId(401),
    disk: { totalBytes: 960e9, freeBytes: 412e9, imageBytes: 394e9, recordBytes: 39e9 },
    safety: {
      lastBackupUtc: minutesAgo(150),
      lastRestoreDrillUtc: minutesAgo(7 * 24 * 60),
      lastCheckUtc: minutesAgo(420),
      lastCheckFaults: 0,
      offlineUntilUtc: minutesAgo(-14 * 24 * 60),
    },
  };
}
