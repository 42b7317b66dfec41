import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChangeSet, SetAnswer } from '../../shared/kernel/change-set.ts';
import { exactly } from '../../shared/kernel/reader.ts';
import { createCabinetReader } from '../../server/db/cabinet-reader.ts';
import { inOrganization } from '../../server/db/tenant.ts';
import { serverAuthor } from '../../server/stations/enrol.ts';
import { hasPostgres, noPostgres, startPostgres } from '../ports/postgres.ts';
import { newId, startTestServer, type TestServer, userDocument } from './test-server.ts';
import { appointmentDocument, creation, edit, roomDocument, type TestStation } from './test-station.ts';

const engines = [
  { name: 'PGlite', open: async () => ({ server: await startTestServer(), stop: async () => undefined }), skip: false },
  {
    name: `PostgreSQL${noPostgres}`,
    open: async () => {
      const postgres = await startPostgres();
      return {
        server: await startTestServer({ databaseUrl: await postgres.createDatabase() }),
        stop: () => postgres.stop(),
      };
    },
    skip: !hasPostgres,
  },
];

for (const engine of engines) {
  describe.skipIf(engine.skip)(`push on ${engine.name}`, () => {
    let server: TestServer;
    let stop: () => Promise<unknown>;
    let station: TestStation;
    let head: number;
    beforeAll(async () => {
      ({ server, stop } = await engine.open());
      station = await server.enrol();
      head = (await station.load(['core'])).cursor.number;
      const other = await server.enrol();
      await other.give(other.set('test/record', [creation('room', room('refuse'))], { seenThrough: head }));
    });
    afterAll(async () => {
      await server.close();
      await stop();
    });
    const read = <T>(work: (reader: ReturnType<typeof createCabinetReader>) => Promise<T>): Promise<T> =>
      inOrganization(server.inside.db, server.clinic.organizationId, (tx) => work(createCabinetReader(tx)));
    const room = (name?: string) => roomDocument(server.clinic.locationId, name);
    const record = (doc = room(), extra: Partial<ChangeSet> = {}): ChangeSet =>
      station.set('test/record', [creation('room', doc)], { seenThrough: head, ...extra });
    const codes = (answer: SetAnswer): unknown[] => answer.violations.map((one) => one['code']);

    test('accepted: the set has a number, the document stands, pulls bring it', async () => {
      const doc = room('accepted');
      const answer = await station.give(record(doc));
      expect(answer).toMatchObject({ result: 'accepted', violations: [], because: null });
      expect(await read(async (reader) => reader.get('room', doc.id))).toEqual(doc);
      const pulled = await station.load(['core']);
      expect(pulled.docs.find((one) => one.id === doc.id)).toMatchObject({
        number: answer.changeNumber,
        op: 'entered',
        doc,
      });
    });

    test('the same id with the same bytes gets the same answer, as often as it is asked', async () => {
      const set = record();
      const first = await station.give(set);
      expect(await Promise.all([station.give(set), station.give(set), station.give(set)])).toEqual([
        first,
        first,
        first,
      ]);
    });

    test('a lost answer: the station gives up waiting, asks again, and the set was taken once', async () => {
      const set = record();
      const gone = new AbortController();
      const lost = fetch(`${server.url}/sync/v1/push`, {
        method: 'POST',
        signal: gone.signal,
        body: JSON.stringify({ sets: [set] }),
        headers: { authorization: station.authorization, 'content-type': 'application/json' },
      }).catch(() => 'lost');
      await sleep(3);
      gone.abort();
      await lost;
      const answer = await station.give(set);
      expect(answer.result).toBe('accepted');
      const rows = await inOrganization(server.inside.db, server.clinic.organizationId, (tx) =>
        tx.query('select number from change_sets where id = $1', [set.id]),
      );
      expect(rows).toEqual([{ number: answer.changeNumber }]);
    });

    test('the same id with other bytes is refused and changes nothing', async () => {
      const set = record();
      const first = await station.give(set);
      const forged = await station.give({ ...set, atUtc: '2026-01-01T00:00:00.000Z' });
      expect(forged).toMatchObject({ result: 'refused', changeNumber: null });
      expect(codes(forged)).toEqual(['same-id-other-bytes']);
      expect(await station.give(set)).toEqual(first);
    });

    test('a gap in the series is held until what is missing comes', async () => {
      const [first, second] = [record(), record()];
      const early = await station.give(second);
      expect(early).toMatchObject({ result: 'held', changeNumber: null });
      expect(codes(early)).toEqual(['number-gap']);
      expect((await station.push(first, second)).map((one) => one.result)).toEqual(['accepted', 'accepted']);
    });

    test('a number of the series that was used is not taken for another set', async () => {
      const set = record();
      await station.give(set);
      expect(codes(await station.give({ ...set, id: newId() }))).toEqual(['number-used']);
    });

    test('merged: a record in conflict with another edit keeps the server value and makes one conflict document', async () => {
      const doc = room('base');
      await station.give(record(doc));
      const unit = (name: string) => ({ locationId: server.clinic.locationId, name, active: true });
      await station.give(
        station.set('test/record', [edit('room', doc.id, 'room', unit('base'), unit('theirs'))], { seenThrough: head }),
      );
      const mine = station.set('test/record', [edit('room', doc.id, 'room', unit('base'), unit('mine'))], {
        seenThrough: head,
      });
      const answer = await station.give(mine);
      expect(answer.result).toBe('merged');
      expect(await read(async (reader) => (await reader.get('room', doc.id))?.['name'])).toBe('theirs');
      const conflicts = await read(async (reader) => reader.find('conflict', 'byDoc', exactly(doc.id)));
      expect(conflicts).toHaveLength(1);
      expect(conflicts[0]).toMatchObject({
        problem: 'units',
        setId: mine.id,
        status: 'open',
        units: [{ unit: 'room', theirs: unit('theirs'), mine: unit('mine') }],
      });
    });

    test('refused: a claim makes a refusal document in the inbox; claims on it are answered because of it, records stand', async () => {
      const doc = room('refused');
      const refused = station.set('test/claim', [creation('room', doc)], {
        input: { refuse: true },
        seenThrough: head,
      });
      const onIt = station.set('test/claim', [creation('room', room())], {
        buildsOn: [refused.id],
        seenThrough: head,
      });
      const stands = record(room('stands'), { buildsOn: [refused.id] });
      const answers = await station.push(refused, onIt, stands);
      expect(answers.map((one) => [one.result, one.because])).toEqual([
        ['refused', null],
        ['refused', refused.id],
        ['accepted', null],
      ]);
      expect(await read(async (reader) => reader.get('room', doc.id))).toBeUndefined();
      const inbox = await station.load([`inbox/${server.clinic.locationId}`]);
      const refusals = inbox.docs.filter(
        (one) => one.kind === 'refusal' && [refused.id, onIt.id].includes(String(one.doc?.['setId'])),
      );
      expect(refusals.map((one) => one.doc?.['because'])).toEqual([null, refused.id]);
      expect(refusals[0]?.number).toBe(answers[0]?.changeNumber);
    });

    test('a set that builds on one that is not here is held, and taken once that came', async () => {
      const [base, onIt] = [record(), record()];
      const early = await station.push(base, { ...onIt, buildsOn: [newId()] });
      expect(early.map((one) => one.result)).toEqual(['accepted', 'held']);
      expect((await station.give(record())).result).toBe('accepted');
    });

    test('a record that a rule speaks against stands and is flagged', async () => {
      const doc = room('odd');
      const answer = await station.give(station.set('test/flagged', [creation('room', doc)], { seenThrough: head }));
      expect([answer.result, codes(answer)]).toEqual(['accepted', ['odd']]);
      const inbox = await station.load([`inbox/${server.clinic.locationId}`]);
      expect(inbox.docs.some((one) => one.kind === 'task' && one.doc?.['aboutId'] === doc.id)).toBe(true);
    });

    test('a newer law is held; a defect of the law holds one set and lets the next pass', async () => {
      const newer = record(room(), { lawVersion: 99 });
      const defect = station.set('test/broken', [creation('room', room())], { seenThrough: head });
      const answers = await station.push(newer, defect, record());
      expect(answers.map((one) => one.result)).toEqual(['held', 'held', 'accepted']);
      expect(await station.give(newer)).toMatchObject({ result: 'held' });
    });

    test('a set of unknown form is held and lets the next pass; one for another station fails the request', async () => {
      const odd = { ...record(), newField: 1 } as ChangeSet;
      expect((await station.push(odd, record())).map((one) => one.result)).toEqual(['held', 'accepted']);
      const foreign = await station.send('POST', 'push', { sets: [{ ...record(), stationId: newId() }] });
      expect(foreign.status).toBe(422);
      // That set was never sent: its number is given again.
      const other = await server.enrol();
      expect((await other.give(other.set('test/record', [creation('room', room())]))).result).toBe('accepted');
    });

    test('text that the database cannot hold and a document patched twice are refused, not stored by halves', async () => {
      const fresh = await server.enrol();
      const nul = fresh.set('test/record', [creation('room', room('a\u0000b'))]);
      const half = fresh.set('test/record', [creation('room', room('\ud800'))]);
      const doc = room();
      const twice = fresh.set('test/record', [creation('room', doc), creation('room', doc)]);
      const answers = await fresh.push(nul, half, twice);
      expect(answers.map(codes)).toEqual([['malformed-text'], ['malformed-text'], ['patched-twice']]);
    });

    test('nobody unknown and nobody without the right gets anything through', async () => {
      const fresh = await server.enrol();
      const stranger = fresh.set('test/record', [creation('room', room())], { authorId: newId() });
      const noRight = fresh.set('organizations/load', [], { input: { documents: [] } });
      const neighbour = fresh.set('test/record', [creation('room', room())], {
        authorId: server.neighbour.managerId,
      });
      const answers = await fresh.push(stranger, noRight, neighbour);
      expect(answers.map((one) => [one.result, ...codes(one)])).toEqual([
        ['refused', 'not-permitted'],
        ['refused', 'servers-own'],
        ['refused', 'not-permitted'],
      ]);
    });

    test('rights are those at seenThrough: a claim after they were taken away is refused, a record stands flagged', async () => {
      const fresh = await server.enrol();
      const user = userDocument('short-lived', ['manager']);
      const made = await fresh.give(fresh.set('test/record', [creation('user', user)]));
      const access = (roles: string[]) => ({ roles, active: true, locationIds: [] });
      const seenThrough = made.changeNumber ?? 0;
      await fresh.give(
        fresh.set('test/record', [
          edit('user', user.id, 'access', access(['manager']), { ...access([]), active: false }),
        ]),
      );
      const by = { authorId: user.id, seenThrough };
      const claimed = await fresh.give(fresh.set('test/claim', [creation('room', room())], by));
      const recorded = await fresh.give(fresh.set('test/record', [creation('room', room())], by));
      expect([claimed.result, codes(claimed)]).toEqual(['refused', ['right-taken-away']]);
      expect([recorded.result, codes(recorded)]).toEqual(['accepted', ['right-taken-away']]);
      const later = await fresh.give(
        fresh.set('test/record', [creation('room', room())], {
          authorId: user.id,
          seenThrough: seenThrough + 1,
        }),
      );
      expect(codes(later)).toEqual(['not-permitted']);
    });

    test('a revoked station: its sets are quarantined, everything else is refused to it', async () => {
      const fresh = await server.enrol();
      const sister = (await station.load(['core'])).docs.find((one) => one.id === fresh.stationId)?.doc;
      const revoked = { ...sister, revokedAtUtc: new Date().toISOString() };
      const ran = await server.inside.desk.run(server.clinic.organizationId, {
        name: 'stations/save',
        input: revoked,
        author: serverAuthor(newId()),
        seen: {},
        reason: null,
      });
      expect(ran.ok).toBe(true);
      const answer = await fresh.give(fresh.set('test/record', [creation('room', room())]));
      expect([answer.result, codes(answer)]).toEqual(['held', ['quarantined']]);
      await fresh.give(fresh.set('test/record', [creation('room', room())]));
      const inbox = await station.load([`inbox/${server.clinic.locationId}`]);
      expect(inbox.docs.filter((one) => one.doc?.['aboutId'] === fresh.stationId)).toHaveLength(1);
      expect((await fresh.pull([{ scopes: ['core'], cursor: null, after: null }])).status).toBe(403);
    });

    test('the database refuses a double booking that the rules let through', async () => {
      const fresh = await server.enrol();
      const resourceId = newId();
      const sets = [0, 15].map((minute) =>
        fresh.set(
          'test/book-blindly',
          [creation('appointment', appointmentDocument(server.clinic.locationId, resourceId, minute))],
          { input: { resourceId } },
        ),
      );
      const answers = await fresh.push(...sets);
      expect(answers.map((one) => [one.result, ...codes(one)])).toEqual([['accepted'], ['refused', 'double-booking']]);
    });

    test('parallel bookings of one slot from 8 stations: exactly one is placed, the others wait unplaced with one conflict each', async () => {
      const resourceId = newId();
      const stations = await Promise.all(Array.from({ length: 8 }, () => server.enrol()));
      const docs = stations.map(() => [appointmentDocument(server.clinic.locationId, resourceId)]);
      const answers = await Promise.all(
        stations.map((one, i) =>
          one.push(
            ...(docs[i] ?? []).map((doc) =>
              one.set('test/book', [creation('appointment', doc)], { input: { resourceId } }),
            ),
          ),
        ),
      );
      const results = answers.flat().map((one) => one.result);
      expect(results.filter((one) => one === 'accepted')).toHaveLength(1);
      expect(results.filter((one) => one === 'merged')).toHaveLength(7);
      const stored = await read(async (reader) =>
        Promise.all(docs.flat().map(async (doc) => reader.get('appointment', doc.id))),
      );
      expect(stored.filter((doc) => doc?.['placement'] === 'placed')).toHaveLength(1);
      expect(stored.filter((doc) => doc?.['status'] === 'booked')).toHaveLength(8);
      const conflicts = await read(async (reader) =>
        Promise.all(docs.flat().map(async (doc) => reader.count('conflict', 'byDoc', exactly(doc.id)))),
      );
      expect(conflicts.reduce((a, b) => a + b, 0)).toBe(7);
    });
  });
}
