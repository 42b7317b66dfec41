/** Sets that no desk makes, people without the right, and stations that are trusted no more. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { ChangeSet, Patch } from '../../../shared/kernel/change-set.ts';
import type { Doc } from '../../../shared/kernel/kind.ts';
import { idOf } from '../clinic-inputs.ts';
import type { RealStation } from '../real-station.ts';
import { newId, type TestServer } from '../test-server.ts';
import { codesOf, inboxOn, readOn, said, storedOn } from './answers.ts';
import { BROKEN_COMMAND } from './defect.ts';

type Forgery = { how: string; forge: (set: ChangeSet) => Partial<ChangeSet> };

/** Alters the first patch of a set. */
const patch = (set: ChangeSet, alter: (first: Patch) => Patch): Partial<ChangeSet> => ({
  patches: set.patches.map((one, at) => (at === 0 ? alter(one) : one)),
});
const value = (set: ChangeSet, unit: string, after: Record<string, string>): Partial<ChangeSet> =>
  patch(set, (first) => {
    const given = first.units[unit];
    return { ...first, units: { ...first.units, [unit]: { before: null, after: { ...given?.after, ...after } } } };
  });

export function pushTrust(theServer: () => TestServer): void {
  describe('trust', () => {
    let server: TestServer;
    let station: RealStation;
    beforeAll(async () => {
      server = theServer();
      station = await server.enrol();
    });
    const register = (at: RealStation, authorId = server.clinic.frontId) =>
      at.act(authorId, 'people/register', server.clinic.inputs.patient());

    test('forged: what the law does not make of the input has no effect; a manager finds one task for the station', async () => {
      const { inputs, frontId, doctorId, managerId } = server.clinic;
      const patientId = idOf(await register(station), 'patient');
      const arrival = await station.act(frontId, 'waiting-room/walk-in', {
        patientId,
        locationId: server.clinic.locationId,
        practitionerId: doctorId,
        serviceId: null,
        deviceId: null,
      });
      expect((await station.pushAll()).map(said)).toEqual([['accepted'], ['accepted']]);
      const other = await storedOn(server, 'patient', patientId);
      const surplus: Patch = { kind: 'patient', id: patientId, op: 'remove', units: {} };
      const forgeries: Forgery[] = [
        { how: 'the operation', forge: (set) => patch(set, (first) => ({ ...first, op: 'remove' })) },
        { how: 'another document', forge: (set) => patch(set, (first) => ({ ...first, id: patientId })) },
        { how: 'a surplus document', forge: (set) => ({ patches: [...set.patches, surplus] }) },
        { how: 'a document left out', forge: () => ({ patches: [] }) },
        { how: 'another author', forge: (set) => value(set, 'note', { authorId: managerId }) },
        { how: 'another time', forge: (set) => value(set, 'note', { atUtc: '2019-01-01T00:00:00.000Z' }) },
        { how: 'another text', forge: (set) => value(set, 'note', { text: 'not what was typed' }) },
        { how: 'another input', forge: (set) => ({ input: { ...set.input, note: null } }) },
        {
          how: 'an id that is no new one',
          forge: (set) => ({ minted: { ...set.minted, ids: [patientId], numbers: [] } }),
        },
      ];
      for (const { how, forge } of forgeries) {
        const set = await station.act(
          doctorId,
          'charting/save-encounter',
          inputs.chart(idOf(arrival, 'encounter'), how),
        );
        const [answer] = await station.push({ ...set, ...forge(set) });
        expect([how, ...said(answer)]).toEqual([how, 'held', 'not-what-the-law-makes']);
      }
      expect(await storedOn(server, 'patient', patientId)).toEqual(other);
      const notes = await readOn(server, async (reader) => reader.find('note', 'byPatient', { prefix: patientId }));
      expect(notes).toEqual([]);
      const about = { reason: 'set-on-hold', aboutId: station.stationId };
      expect(await inboxOn(server, 'task', about)).toHaveLength(1);
      // What the station goes on to do honestly is taken.
      expect(said((await station.push(await register(station)))[0])).toEqual(['accepted']);
    });

    test('forged: a number of another series, a number that stands on another patient', async () => {
      const own = await server.enrol();
      const first = await register(own);
      expect(said((await own.push(first))[0])).toEqual(['accepted']);
      const numbered = async (number: string): Promise<ChangeSet> => {
        const set = await register(own);
        const minted = { ids: set.minted?.ids ?? [], numbers: [number] };
        return { ...set, minted, ...value(set, 'number', { recordNumber: number }) };
      };
      for (const number of ['S1-000001', `${own.stationCode}-1`, first.minted?.numbers[0] ?? ''])
        expect([number, ...said((await own.push(await numbered(number)))[0])]).toEqual([
          number,
          'held',
          'not-what-the-law-makes',
        ]);
      expect(first.minted?.numbers).toHaveLength(1);
    });

    test('nobody unknown and nobody without the right gets anything through', async () => {
      const own = await server.enrol();
      const by = async (authorId: string): Promise<ChangeSet> => ({ ...(await register(own)), authorId });
      const answers = await own.push(
        await by(newId()),
        await by(server.clinic.cashierId),
        await by(server.neighbour.managerId),
        own.byHand('organizations/load', { authorId: server.clinic.managerId, input: { documents: [] } }),
        own.byHand('stations/revoke', {
          authorId: server.clinic.managerId,
          input: { stationId: station.stationId },
          reason: 'a rival',
        }),
      );
      expect(answers.map(said)).toEqual([
        ['refused', 'not-permitted'],
        ['refused', 'not-permitted'],
        ['refused', 'not-permitted'],
        ['refused', 'servers-own'],
        ['refused', 'servers-own'],
      ]);
    });

    test('rights are those that the station knew of: a claim after they were taken away is refused, a record stands flagged', async () => {
      const { deputyId, inputs, reference } = server.clinic;
      const offline = await server.enrol();
      const deputy = reference.users.deputy;
      await server.run('organizations/load', { documents: [{ kind: 'user', doc: { ...deputy, active: false } }] });
      const record = await register(offline, deputyId);
      const claim = await offline.act(deputyId, 'scheduling/book', inputs.booking(idOf(record, 'patient')));
      const answers = await offline.push(record, claim);
      expect(answers.map(said)).toEqual([
        ['accepted', 'right-taken-away'],
        ['refused', 'right-taken-away'],
      ]);
      expect(await inboxOn(server, 'task', { aboutId: idOf(record, 'patient') })).toHaveLength(1);
      await offline.sync();
      await expect(register(offline, deputyId)).rejects.toThrow('sign in');
      const later = { ...(await register(offline)), authorId: deputyId };
      expect(said((await offline.push(later))[0])).toEqual(['refused', 'not-permitted']);
      await server.run('organizations/load', { documents: [{ kind: 'user', doc: deputy }] });
    });

    test('a revoked station: its sets are quarantined with one task, everything else is refused to it', async () => {
      const own = await server.enrol();
      const { doc } = (await station.load(['core'])).docs.find((one) => one.id === own.stationId) ?? {};
      await server.run('stations/save', { ...doc, revokedAtUtc: new Date().toISOString() });
      for (const set of [await register(own), await register(own)])
        expect(said((await own.push(set))[0])).toEqual(['held', 'quarantined']);
      expect(await inboxOn(server, 'task', { aboutId: own.stationId })).toHaveLength(1);
      expect((await own.pull([{ scopes: ['core'], cursor: null, after: null }])).status).toBe(403);
    });

    test('a set of unknown form is held and lets the next pass; one for another station fails the request', async () => {
      const own = await server.enrol();
      const odd = { ...(await register(own)), newField: 1 } as ChangeSet;
      expect((await own.push(odd, await register(own))).map(said)).toEqual([['held', 'malformed'], ['accepted']]);
      const foreign = await own.send('POST', 'push', { sets: [{ ...(await register(own)), stationId: newId() }] });
      expect(foreign.status).toBe(422);
    });

    test('a defect of the law holds one set and lets the next pass', async () => {
      const own = await server.enrol();
      const broken = own.byHand(BROKEN_COMMAND, { authorId: server.clinic.frontId });
      expect((await own.push(broken, await register(own))).map(said)).toEqual([
        ['held', 'could-not-judge'],
        ['accepted'],
      ]);
    });

    test('text that the database cannot hold and a document patched twice are refused, not stored by halves', async () => {
      const own = await server.enrol();
      const { details } = server.clinic.inputs.patient();
      const living = (address: string) =>
        own.act(server.clinic.frontId, 'people/register', { details: { ...details, address } });
      const [nul, half, once] = [await living('a\u0000b'), await living('\ud800'), await register(own)];
      const answers = await own.push(nul, half, { ...once, patches: [...once.patches, ...once.patches] });
      expect(answers.map(codesOf)).toEqual([['malformed-text'], ['malformed-text'], ['patched-twice']]);
      const made = [nul, half, once].map((set) => storedOn(server, 'patient', idOf(set, 'patient')));
      expect(await Promise.all(made)).toEqual([undefined, undefined, undefined] satisfies Array<Doc | undefined>);
    });
  });
}
