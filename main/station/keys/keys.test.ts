import { createPublicKey, diffieHellman, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createKeySlots,
  dropSlot,
  readKeySlots,
  unlockStationKey,
  wrapStationKey,
  writeKeySlots,
} from './key-slots.ts';
import type { KeySlots, UnlockWith, WrapWith } from './key-slots.ts';
import { writeReleaseCode } from '../../../shared/kernel/checked-groups.ts';
import { createRecoveryKey, parseRecoveryKey } from './recovery-key.ts';
import { createStationKey, deriveSubKey } from './station-key.ts';
import { isBehind, readStationState, writeStationState } from './station-state.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'praxis-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const server = generateKeyPairSync('x25519');
const secret = randomBytes(32);
const recoveryKey = createRecoveryKey();
const stationKey = createStationKey();

function wrapped(slots: KeySlots, ...all: WrapWith[]): KeySlots {
  return all.reduce((before, wrapWith) => {
    const after = wrapStationKey(before, stationKey, wrapWith);
    if (!after.ok) throw new Error(after.error.code);
    return after.value;
  }, slots);
}
const threeSlots = () =>
  wrapped(
    createKeySlots(stationKey),
    { kind: 'host-secret', secret },
    { kind: 'recovery', recoveryKey },
    { kind: 'escrow', serverPublicKey: server.publicKey.export({ format: 'jwk' }).x ?? '' },
  );

describe('key slots', () => {
  const ways: UnlockWith[] = [
    { kind: 'host-secret', secret },
    { kind: 'recovery', recoveryKey: recoveryKey.toLowerCase().replaceAll('-', ' ') },
  ];
  test.each(ways)('$kind opens the key after a trip through the file', (way) => {
    const file = join(folder, 'slots.json');
    writeKeySlots(file, threeSlots());
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toContain(stationKey.bytes.toString('base64url'));
    const slots = readKeySlots(file);
    expect(slots.ok && unlockStationKey(slots.value, way)).toEqual({ ok: true, value: stationKey });
  });

  test('what the holder of the private key agrees on with the slot opens it, as a release code', () => {
    const slots = threeSlots();
    const slot = slots.slots.find((one) => one.kind === 'escrow');
    const publicKey = createPublicKey({
      format: 'jwk',
      key: { kty: 'OKP', crv: 'X25519', x: slot?.kind === 'escrow' ? slot.ephemeralPublicKey : '' },
    });
    const agreed = diffieHellman({ privateKey: server.privateKey, publicKey });
    const typed = writeReleaseCode(agreed).toLowerCase().replaceAll('-', ' ');
    expect(unlockStationKey(slots, { kind: 'escrow', releaseCode: typed })).toEqual({ ok: true, value: stationKey });
  });

  const wrongWays: UnlockWith[] = [
    { kind: 'host-secret', secret: randomBytes(32) },
    { kind: 'recovery', recoveryKey: createRecoveryKey() },
    { kind: 'escrow', releaseCode: writeReleaseCode(randomBytes(32)) },
  ];
  test.each(wrongWays)('a wrong $kind is a typed failure', (way) => {
    expect(unlockStationKey(threeSlots(), way)).toEqual({ ok: false, error: { code: 'wrong-key' } });
    expect(unlockStationKey(createKeySlots(stationKey), way)).toEqual({ ok: false, error: { code: 'no-such-slot' } });
  });

  test('a box moved to another slot or changed opens nothing', () => {
    const slots = threeSlots();
    const [host] = slots.slots;
    if (host?.kind !== 'host-secret') throw new Error('order');
    const flipped = { ...host, sealed: (host.sealed.startsWith('A') ? 'B' : 'A') + host.sealed.slice(1) };
    expect(unlockStationKey({ ...slots, slots: [flipped] }, { kind: 'host-secret', secret }).ok).toBe(false);
    expect(unlockStationKey({ ...slots, keyId: '0'.repeat(32) }, { kind: 'host-secret', secret }).ok).toBe(false);
  });

  test('rewrapping replaces one slot and leaves the others; the last one stays', () => {
    const newSecret = randomBytes(32);
    const slots = wrapped(threeSlots(), { kind: 'host-secret', secret: newSecret });
    expect(slots.slots).toHaveLength(3);
    expect(unlockStationKey(slots, { kind: 'host-secret', secret }).ok).toBe(false);
    expect(unlockStationKey(slots, { kind: 'host-secret', secret: newSecret }).ok).toBe(true);
    expect(unlockStationKey(slots, { kind: 'recovery', recoveryKey }).ok).toBe(true);
    const one = wrapped(createKeySlots(stationKey), { kind: 'recovery', recoveryKey });
    expect(dropSlot(one, 'recovery')).toEqual({ ok: false, error: { code: 'last-slot' } });
    expect(() => wrapStationKey(slots, createStationKey(), { kind: 'host-secret', secret })).toThrow();
  });

  test('a missing and a damaged file', () => {
    const file = join(folder, 'slots.json');
    expect(readKeySlots(file)).toEqual({ ok: false, error: { code: 'slots-missing' } });
    for (const text of ['', '{', '{"version":2,"keyId":"","slots":[]}']) {
      writeFileSync(file, text);
      expect(readKeySlots(file)).toEqual({ ok: false, error: { code: 'slots-damaged' } });
    }
  });
});

describe('recovery key', () => {
  test('24 groups; every single wrong sign and swapped groups are found in their group', () => {
    expect(recoveryKey.split('-')).toHaveLength(24);
    const groups = recoveryKey.split('-');
    for (const [position, group] of groups.entries()) {
      for (const at of [0, 1, 2]) {
        const wrong = Array.from(group)
          .map((sign, i) => (i === at ? (sign === '7' ? '8' : '7') : sign))
          .join('');
        const typed = groups.with(position, wrong).join('');
        expect(parseRecoveryKey(typed)).toEqual({
          ok: false,
          error: { code: 'groups-wrong', group: position + 1 },
        });
      }
    }
    const swapped = groups.with(3, groups[4] ?? '').with(4, groups[3] ?? '');
    expect(parseRecoveryKey(swapped.join(' ')).ok).toBe(groups[3] === groups[4]);
    expect(parseRecoveryKey(groups.slice(1).join(' ')).ok).toBe(false);
    expect(parseRecoveryKey('')).toEqual({ ok: false, error: { code: 'groups-length', groups: 0 } });
    expect(parseRecoveryKey(`${recoveryKey}-000`)).toMatchObject({ ok: false });
  });
});

test('sub-keys are stable and all different', () => {
  const names = ['database', 'objects', 'journal', 'drafts'] as const;
  const keys = names.map((name) => deriveSubKey(stationKey, name).toString('hex'));
  expect(new Set([...keys, stationKey.bytes.toString('hex')]).size).toBe(5);
  expect(deriveSubKey({ bytes: Buffer.from(stationKey.bytes) }, 'objects').toString('hex')).toBe(keys[1]);
  // A known answer: a changed derivation would lock every station out.
  const known = deriveSubKey({ bytes: Buffer.alloc(32, 1) }, 'database').toString('hex');
  expect(known).toMatchInlineSnapshot(`"56fd9726a4d90719289582e6c9f39acbee77147956be67a4b3a2a27fe19d1539"`);
});

test('station state: round trip, damage, and what counts as behind', () => {
  const file = join(folder, 'state.json');
  expect(readStationState(file)).toEqual({ ok: false, error: { code: 'state-missing' } });
  const state = { version: 1 as const, stationId: 'K2', stationSeq: 7, chainHead: 'ab', numberMarks: { receipt: 12 } };
  writeStationState(file, state);
  expect(readStationState(file)).toEqual({ ok: true, value: state });
  writeFileSync(file, '{"version":1');
  expect(readStationState(file)).toEqual({ ok: false, error: { code: 'state-damaged' } });
  expect(isBehind(state, state)).toBe(false);
  expect(isBehind({ ...state, stationSeq: 8, chainHead: 'cd' }, state)).toBe(false);
  expect(isBehind({ ...state, stationSeq: 6 }, state)).toBe(true);
  expect(isBehind({ ...state, chainHead: 'cd' }, state)).toBe(true);
  expect(isBehind({ ...state, numberMarks: {} }, state)).toBe(true);
  expect(isBehind({ ...state, stationId: 'K3' }, state)).toBe(true);
});
