import { hkdfSync, randomBytes } from 'node:crypto';

/** The station's data key: 32 random bytes. Everything on the station's disk is encrypted under keys derived from it. */
export type StationKey = { readonly bytes: Buffer };

export type SubKeyName = 'database' | 'objects' | 'journal' | 'drafts';

/** A new station key, from the system's random source. */
export function createStationKey(): StationKey {
  return { bytes: randomBytes(32) };
}

/** A separate 32-byte key per use (HKDF-SHA-256, RFC 5869): one leaked sub-key says nothing of the others. */
export function deriveSubKey(stationKey: StationKey, name: SubKeyName): Buffer {
  return Buffer.from(hkdfSync('sha256', stationKey.bytes, 'praxis station key 1', `praxis sub-key ${name}`, 32));
}

/** Names the key without revealing it: in the slots file, so that an unwrapped key can be checked. 16 bytes as hex. */
export function stationKeyId(stationKey: StationKey): string {
  const id = hkdfSync('sha256', stationKey.bytes, 'praxis station key 1', 'praxis key id', 16);
  return Buffer.from(id).toString('hex');
}
