/** What people take back, give again, and edit while somebody else removes it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { exactly } from '../../../shared/kernel/reader.ts';
import { idOf } from '../clinic-inputs.ts';
import type { RealStation } from '../real-station.ts';
import type { TestServer } from '../test-server.ts';
import { inboxOn, said, storedOn } from './answers.ts';

export function pushUndo(theServer: () => TestServer): void {
  describe('undo', () => {
    let server: TestServer;
    let station: RealStation;
    let other: RealStation;
    beforeAll(async () => {
      server = theServer();
      station = await server.enrol();
      other = await server.enrol();
    });
    const both = () => Promise.all([station.sync(), other.sync()]);
    /** A patient that was registered at `station` and that both know. */
    const registered = async () => {
      const set = await station.act(server.clinic.frontId, 'people/register', server.clinic.inputs.patient());
      await station.pushAll();
      await both();
      return { set, patientId: idOf(set, 'patient') };
    };
    const last = async (at: RealStation) => said((await at.pushAll()).at(-1));

    test('taken back: the patient is nowhere; given again: as they were', async () => {
      const { set, patientId } = await registered();
      const before = await storedOn(server, 'patient', patientId);
      const undo = await station.undo(set);
      expect(await last(station)).toEqual(['accepted']);
      await both();
      expect(await other.reader.get('patient', patientId)).toBeUndefined();
      await station.undo(undo);
      expect(await last(station)).toEqual(['accepted']);
      await both();
      expect(await other.reader.get('patient', patientId)).toEqual(before);
    });

    test('built upon (UNDO-5): a patient whom another station booked meanwhile stays', async () => {
      const { set, patientId } = await registered();
      const booking = await other.give(
        server.clinic.frontId,
        'scheduling/book',
        server.clinic.inputs.booking(patientId),
      );
      await station.undo(set);
      expect([booking.result, ...(await last(station))]).toEqual(['accepted', 'refused', 'built-upon']);
      expect(await storedOn(server, 'patient', patientId)).toMatchObject({ id: patientId });
      await station.sync();
      const again = await station.attemptUndo(set);
      expect(again).toMatchObject({ ok: false, error: [{ law: 'UNDO-5' }] });
    });

    test('changed meanwhile (UNDO-4): a correction is not taken back over a later one', async () => {
      const { frontId } = server.clinic;
      const { patientId } = await registered();
      const address = (text: string) => ({ patientId, details: { address: text } });
      const first = await station.act(frontId, 'people/update', address('one'));
      await station.pushAll();
      await both();
      expect(said(await other.give(frontId, 'people/update', address('two')))).toEqual(['accepted']);
      await station.undo(first);
      expect(await last(station)).toEqual(['refused', 'changed-meanwhile']);
      expect(await storedOn(server, 'patient', patientId)).toMatchObject({ address: 'two' });
    });

    test('silently closed: what was refused has nothing to take back, and makes no second item in the inbox', async () => {
      const { frontId, inputs } = server.clinic;
      const { patientId } = await registered();
      const booking = await station.act(frontId, 'scheduling/book', inputs.booking(patientId));
      await station.pushAll();
      await both();
      const appointmentId = idOf(booking, 'appointment');
      await other.give(frontId, 'waiting-room/arrive', { appointmentId });
      const cancel = await station.act(frontId, 'scheduling/cancel', { appointmentId }, { reason: 'a mistake' });
      const undo = await station.undo(cancel);
      const answers = await station.pushAll();
      expect(answers.map(said)).toEqual([['refused', 'already-received'], ['accepted']]);
      expect(await inboxOn(server, 'refusal', { setId: undo.id })).toEqual([]);
      await both();
      expect(await station.reader.get('appointment', appointmentId)).toEqual(
        await storedOn(server, 'appointment', appointmentId),
      );
    });

    test('twice: taken back at a station, then the same again by hand, changes nothing', async () => {
      const { set, patientId } = await registered();
      const undo = await station.undo(set);
      expect(await last(station)).toEqual(['accepted']);
      const { authorId, input, patches } = undo;
      const again = station.byHand(set.command, { authorId, input, patches, undoes: set.id });
      expect(said((await station.push(again))[0])).toEqual(['accepted']);
      expect(await storedOn(server, 'patient', patientId)).toBeUndefined();
    });

    test('forged: another one’s action, something that is not the inverse, something that never was', async () => {
      const { set, patientId } = await registered();
      const own = await server.enrol();
      const { patches } = await own.undo(set);
      const by = (more: object) =>
        own.byHand(set.command, { authorId: set.authorId, input: set.input, patches, ...more });
      const answers = await own.push(
        by({ undoes: set.id, authorId: server.clinic.managerId }),
        by({ undoes: set.id, patches: [] }),
        by({ undoes: crypto.randomUUID() }),
      );
      expect(answers.map((one) => one.result)).toEqual(['held', 'held', 'held']);
      expect(await storedOn(server, 'patient', patientId)).toMatchObject({ id: patientId });
    });

    test('an edit beats a delete (KERNEL-12): whom another station corrected meanwhile comes back, with one task', async () => {
      const { frontId } = server.clinic;
      const { set, patientId } = await registered();
      const before = await storedOn(server, 'patient', patientId);
      await station.undo(set);
      expect(await last(station)).toEqual(['accepted']);
      const phones = ['0812-345'];
      const edit = await other.give(frontId, 'people/update', { patientId, details: { phones } });
      expect(said(edit)).toEqual(['accepted', 'brought-back']);
      expect(await storedOn(server, 'patient', patientId)).toEqual({ ...before, phones });
      expect(await inboxOn(server, 'task', { aboutId: patientId })).toHaveLength(1);
    });

    test('an arrival brings back its booking (KERNEL-12), which waits for a person where its slot is another’s by then', async () => {
      const { frontId, inputs } = server.clinic;
      const { patientId } = await registered();
      const slot = inputs.slot();
      const booking = await station.act(frontId, 'scheduling/book', inputs.booking(patientId, slot));
      await station.pushAll();
      await both();
      await station.undo(booking);
      const next = await station.act(frontId, 'people/register', inputs.patient());
      await station.act(frontId, 'scheduling/book', inputs.booking(idOf(next, 'patient'), slot));
      expect((await station.pushAll()).map(said)).toEqual([['accepted'], ['accepted'], ['accepted']]);
      const appointmentId = idOf(booking, 'appointment');
      const arrival = await other.give(frontId, 'waiting-room/arrive', { appointmentId });
      expect(said(arrival)).toEqual(['accepted', 'brought-back']);
      expect(await storedOn(server, 'appointment', appointmentId)).toMatchObject({ placement: 'unplaced' });
      await both();
      expect(await station.reader.find('encounter', 'byAppointment', exactly(appointmentId))).toHaveLength(1);
    });

    test('a booking brings back the patient whom it names (KERNEL-12)', async () => {
      const { frontId, inputs } = server.clinic;
      const { set, patientId } = await registered();
      const before = await storedOn(server, 'patient', patientId);
      await station.undo(set);
      expect(await last(station)).toEqual(['accepted']);
      const booking = await other.give(frontId, 'scheduling/book', inputs.booking(patientId));
      expect(booking.result).not.toBe('refused');
      expect(await storedOn(server, 'patient', patientId)).toEqual(before);
    });
  });
}
