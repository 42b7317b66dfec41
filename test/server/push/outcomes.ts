/** Every answer that a set may get, each by commands that people really gave at their stations. */
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { inOrganization } from '../../../server/db/tenant.ts';
import type { Doc } from '../../../shared/kernel/kind.ts';
import { idOf } from '../clinic-inputs.ts';
import type { RealStation } from '../real-station.ts';
import { newId, type TestServer } from '../test-server.ts';
import { codesOf, conflictsOn, inboxOn, said, storedOn } from './answers.ts';

export function pushOutcomes(theServer: () => TestServer): void {
  describe('answers', () => {
    let server: TestServer;
    let station: RealStation;
    let other: RealStation;
    beforeAll(async () => {
      server = theServer();
      station = await server.enrol();
      other = await server.enrol();
    });
    const register = (at = station) => at.act(server.clinic.frontId, 'people/register', server.clinic.inputs.patient());
    /** A patient that both stations know. */
    const known = async (): Promise<string> => {
      const set = await register();
      expect(said(await station.push(set).then(([answer]) => answer))).toEqual(['accepted']);
      await Promise.all([station.sync(), other.sync()]);
      return idOf(set, 'patient');
    };
    const booked = async (scan = false): Promise<Doc> => {
      const { inputs, frontId } = server.clinic;
      const patientId = await known();
      const set = await station.act(
        frontId,
        'scheduling/book',
        scan ? inputs.scan(patientId) : inputs.booking(patientId),
      );
      await station.pushAll();
      await Promise.all([station.sync(), other.sync()]);
      return (await station.reader.get('appointment', idOf(set, 'appointment'))) as Doc;
    };

    test('accepted: a visit from booking to receipt, made offline by four people, stands as they made it', async () => {
      const { inputs, frontId, doctorId, cashierId } = server.clinic;
      const patient = await register();
      const booking = await station.act(frontId, 'scheduling/book', inputs.booking(idOf(patient, 'patient')));
      const arrival = await station.act(frontId, 'waiting-room/arrive', {
        appointmentId: idOf(booking, 'appointment'),
      });
      const encounterId = idOf(arrival, 'encounter');
      const move = await station.act(frontId, 'waiting-room/move', { encounterId, to: 'waiting' });
      const chart = await station.act(doctorId, 'charting/save-encounter', inputs.chart(encounterId, 'well', 1));
      const invoice = await station.act(
        cashierId,
        'billing/issue-invoice',
        inputs.invoice(idOf(patient, 'patient'), encounterId),
      );
      const payment = await station.act(
        cashierId,
        'billing/take-payment',
        inputs.payment(idOf(invoice, 'invoice'), 150_000),
      );
      const sets = [patient, booking, arrival, move, chart, invoice, payment];
      const answers = await station.pushAll();
      expect(answers.map((one) => [one.setId, ...said(one)])).toEqual(sets.map((set) => [set.id, 'accepted']));
      const made = sets.flatMap((set) => set.patches);
      const shown = await Promise.all(made.map(async ({ kind, id }) => station.reader.get(kind, id)));
      expect(await Promise.all(made.map(({ kind, id }) => storedOn(server, kind, id)))).toEqual(shown);
      await other.sync();
      await other.open(idOf(patient, 'patient'));
      expect(await Promise.all(made.map(async ({ kind, id }) => other.reader.get(kind, id)))).toEqual(shown);
    });

    test('the same id with the same bytes gets the same answer, as often as it is asked', async () => {
      const set = await register();
      const [first] = await station.push(set);
      expect(await Promise.all([1, 2, 3].map(() => station.push(set)))).toEqual([[first], [first], [first]]);
    });

    test('a lost answer: the station gives up waiting, asks again, and the set was taken once', async () => {
      const set = await register();
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
      const [answer] = await station.push(set);
      expect(answer?.result).toBe('accepted');
      const rows = await inOrganization(server.inside.db, server.clinic.organizationId, (tx) =>
        tx.query('select number from change_sets where id = $1', [set.id]),
      );
      expect(rows).toEqual([{ number: answer?.changeNumber }]);
    });

    test('the same id with other bytes is refused and changes nothing', async () => {
      const set = await register();
      const [first] = await station.push(set);
      const [forged] = await station.push({ ...set, atUtc: '2026-01-01T00:00:00.000Z' });
      expect(forged).toMatchObject({ result: 'refused', changeNumber: null });
      expect(codesOf(forged)).toEqual(['same-id-other-bytes']);
      expect(await station.push(set)).toEqual([first]);
    });

    test('a gap in the series is held until what is missing comes; a number that was used is not taken again', async () => {
      const [first, second] = [await register(), await register()];
      const [early] = await station.push(second);
      expect(early).toMatchObject({ result: 'held', changeNumber: null });
      expect(codesOf(early)).toEqual(['number-gap']);
      expect((await station.push(first, second)).map(said)).toEqual([['accepted'], ['accepted']]);
      expect(codesOf((await station.push({ ...second, id: newId() }))[0])).toEqual(['number-used']);
    });

    test('merged: two stations correct one phone; the first stands, one conflict shows both, a person chooses', async () => {
      const { frontId } = server.clinic;
      const patientId = await known();
      const correct = (at: RealStation, phone: string) =>
        at.act(frontId, 'people/update', { patientId, details: { phones: [phone], sex: 'M' } });
      const [theirs, mine] = [await correct(other, '0811-1'), await correct(station, '0811-2')];
      expect(said((await other.push(theirs))[0])).toEqual(['accepted']);
      expect(said((await station.push(mine))[0])).toEqual(['merged']);
      expect(await storedOn(server, 'patient', patientId)).toMatchObject({ phones: ['0811-1'], sex: 'M' });
      const [conflict, ...more] = await conflictsOn(server, patientId);
      const unit = (phone: string) => ({ email: '', phones: [phone] });
      expect(more).toEqual([]);
      expect(conflict).toMatchObject({
        problem: 'units',
        setId: mine.id,
        status: 'open',
        units: [{ unit: 'contact', theirs: unit('0811-1'), mine: unit('0811-2') }],
      });
      await station.sync();
      const choice = { conflictId: conflict?.id, choices: { contact: 'mine' } };
      expect(said(await station.give(frontId, 'inbox/choose-version', choice))).toEqual(['accepted']);
      expect(await storedOn(server, 'patient', patientId)).toMatchObject({ phones: ['0811-2'] });
      expect((await conflictsOn(server, patientId))[0]).toMatchObject({ status: 'solved', solvedBy: frontId });
    });

    test('refused: who is here already cannot be cancelled; the refusal is in the inbox until somebody solves it', async () => {
      const { frontId, locationId } = server.clinic;
      const { id } = await booked();
      const arrival = await other.give(frontId, 'waiting-room/arrive', { appointmentId: id });
      const cancel = await station.act(frontId, 'scheduling/cancel', { appointmentId: id }, { reason: 'called off' });
      const [answer] = await station.push(cancel);
      expect([arrival.result, ...said(answer)]).toEqual(['accepted', 'refused', 'already-received']);
      expect(await storedOn(server, 'appointment', id)).toMatchObject({ status: 'booked' });
      await other.sync();
      const [refusal] = await inboxOn(server, 'refusal', { setId: cancel.id });
      expect(await other.reader.get('refusal', String(refusal?.id))).toMatchObject({ because: null, locationId });
      const solved = await other.give(frontId, 'inbox/solve', { kind: 'refusal', id: refusal?.id });
      expect([said(solved), await inboxOn(server, 'refusal', { setId: cancel.id })]).toEqual([['accepted'], []]);
    });

    test('a claim that builds on a refused one is refused because of it, a record stands', async () => {
      const { frontId, inputs, reference } = server.clinic;
      const [one, two] = [await booked(true), await booked(true)];
      const move = (appointmentId: string, at: { startsAtUtc: string }) => ({
        ...inputs.slot(),
        appointmentId,
        startsAtUtc: at.startsAtUtc,
        deviceId: reference.devices.ct.id,
      });
      const lost = inputs.slot();
      expect(said(await other.give(frontId, 'scheduling/move', move(two.id, lost)))).toEqual(['accepted']);
      const refused = await station.act(frontId, 'scheduling/move', move(one.id, lost));
      const onIt = await station.act(frontId, 'scheduling/move', move(one.id, inputs.slot()));
      const orderId = idOf(refused, 'imagingOrder');
      const stands = await station.act(frontId, 'orders/set-status', { orderId, status: 'completed' });
      expect(stands.buildsOn).toEqual([refused.id, onIt.id]);
      const answers = await station.pushAll();
      expect(answers.map((answer) => [answer.result, answer.because])).toEqual([
        ['refused', null],
        ['refused', refused.id],
        ['accepted', null],
      ]);
      expect(await storedOn(server, 'appointment', one.id)).toMatchObject({ startsAtUtc: one['startsAtUtc'] });
      expect(await storedOn(server, 'imagingOrder', orderId)).toMatchObject({ status: 'completed' });
      expect(await inboxOn(server, 'refusal', { because: refused.id })).toHaveLength(1);
    });

    test('held: a set of a newer law and one that builds on it wait, the next one passes', async () => {
      const waiting = await server.enrol();
      const newer = await register(waiting);
      const patientId = idOf(newer, 'patient');
      const onIt = await waiting.act(server.clinic.frontId, 'people/update', { patientId, details: { sex: 'M' } });
      const answers = await waiting.push({ ...newer, lawVersion: 99 }, onIt, await register(waiting));
      expect(answers.map(said)).toEqual([['held', 'law-version'], ['held', 'builds-on-unknown'], ['accepted']]);
      expect(said((await waiting.push({ ...newer, lawVersion: 99 }))[0])).toEqual(['held', 'law-version']);
    });

    test('a day offline while others changed the same things is judged over what its station saw, in one push', async () => {
      const { frontId, inputs } = server.clinic;
      const patientId = await known();
      const update = (at: RealStation, details: object) => at.act(frontId, 'people/update', { patientId, details });
      const first = await update(station, { phones: ['1'] });
      const booking = await station.act(frontId, 'scheduling/book', inputs.booking(patientId));
      const arrive = { appointmentId: idOf(booking, 'appointment') };
      const arrival = await station.act(frontId, 'waiting-room/arrive', arrive);
      const second = await update(station, { phones: ['2'] });
      await update(other, { address: 'elsewhere' });
      await register(other);
      await other.pushAll();
      const answers = await station.push(first, booking, arrival, second);
      expect(answers.map(said)).toEqual([['accepted'], ['accepted'], ['accepted'], ['accepted']]);
      expect(await storedOn(server, 'patient', patientId)).toMatchObject({ phones: ['2'], address: 'elsewhere' });
      // What it made up of what it saw is forged still.
      const third = await update(station, { phones: ['3'] });
      expect((await station.push({ ...third, patches: [] })).map(said)).toEqual([['held', 'not-what-the-law-makes']]);
    });

    test('flagged: money that two stations took for one invoice stands twice, and one task tells a person', async () => {
      const { cashierId, inputs, frontId } = server.clinic;
      const { id, patientId } = await booked();
      const arrival = await station.act(frontId, 'waiting-room/arrive', { appointmentId: id });
      const bill = inputs.invoice(String(patientId), idOf(arrival, 'encounter'));
      const invoiceId = idOf(await station.act(cashierId, 'billing/issue-invoice', bill), 'invoice');
      await station.pushAll();
      await Promise.all([station.sync(), other.sync()]);
      const pay = (at: RealStation) => at.act(cashierId, 'billing/take-payment', inputs.payment(invoiceId, 150_000));
      const [first, second] = [await pay(station), await pay(other)];
      expect(said((await station.push(first))[0])).toEqual(['accepted']);
      const [flagged] = await other.push(second);
      expect(said(flagged)).toEqual(['accepted', 'more-than-owed']);
      const payments = [first, second].map((set) => storedOn(server, 'payment', idOf(set, 'payment')));
      expect((await Promise.all(payments)).map((doc) => doc?.['amountMinor'])).toEqual([150_000, 150_000]);
      const about = { reason: 'flagged-record', aboutId: idOf(second, 'payment') };
      expect(await inboxOn(server, 'task', about)).toHaveLength(1);
    });
  });
}
