/** Many stations that want the same, at the same moment; and the database's own word against a double booking. */
import { beforeAll, describe, expect, test } from 'vitest';
import { writeBookings } from '../../../server/db/bookings.ts';
import { inOrganization } from '../../../server/db/tenant.ts';
import { serverAuthor } from '../../../server/stations/enrol.ts';
import { permissionsOf } from '../../../shared/access/permissions.ts';
import { idOf } from '../clinic-inputs.ts';
import type { RealStation } from '../real-station.ts';
import { newId, type TestServer } from '../test-server.ts';
import { conflictsOn, said, storedOn } from './answers.ts';

export function pushRivals(theServer: () => TestServer, rivals: number): void {
  describe('at once', () => {
    let server: TestServer;
    let patientId: string;
    beforeAll(async () => {
      server = theServer();
      const station = await server.enrol();
      const set = await station.act(server.clinic.frontId, 'people/register', server.clinic.inputs.patient());
      await station.pushAll();
      patientId = idOf(set, 'patient');
    });

    test(`one slot, ${rivals} stations at once: one booking is placed, the others wait unplaced with one conflict each`, async () => {
      const { frontId, inputs } = server.clinic;
      const slot = inputs.slot();
      const stations: RealStation[] = [];
      while (stations.length < rivals)
        stations.push(...(await Promise.all(Array.from({ length: 8 }, () => server.enrol()))));
      const sets = await Promise.all(
        stations.map((one) => one.act(frontId, 'scheduling/book', inputs.booking(patientId, slot))),
      );
      const answers = (await Promise.all(stations.map((one, at) => one.push(...sets.slice(at, at + 1))))).flat();
      const ids = sets.map((set) => idOf(set, 'appointment'));
      const winner = ids[answers.findIndex((one) => one.result === 'accepted')];
      expect(answers.filter((one) => one.result === 'merged')).toHaveLength(rivals - 1);
      const stored = await Promise.all(ids.map((id) => storedOn(server, 'appointment', id)));
      expect(stored.filter((doc) => doc?.['placement'] === 'placed').map((doc) => doc?.id)).toEqual([winner]);
      expect(stored.filter((doc) => doc?.['status'] === 'booked')).toHaveLength(rivals);
      const conflicts = await Promise.all(ids.map((id) => conflictsOn(server, id)));
      expect(conflicts.map((list) => list.length)).toEqual(ids.map((id) => (id === winner ? 0 : 1)));
    });

    test('what the rules let through, the database refuses: to a station, and to a call of the server’s own', async () => {
      const { clinic } = server;
      const { frontId, inputs, organizationId } = clinic;
      const station = await server.enrol();
      const input = inputs.booking(patientId);
      const set = await station.act(frontId, 'scheduling/book', input);
      const hidden = { ...(await station.reader.get('appointment', idOf(set, 'appointment'))), id: newId() };
      // A row that no document stands for: no rule can know of it.
      await inOrganization(server.inside.db, organizationId, (tx) =>
        writeBookings(tx, organizationId, [{ kind: 'appointment', id: hidden.id, before: null, after: hidden }]),
      );
      expect(said((await station.push(set))[0])).toEqual(['refused', 'double-booking']);
      const author = { ...serverAuthor(newId()), permissions: permissionsOf(['receptionist']) };
      const call = { name: 'scheduling/book', input, author, seen: {}, reason: null };
      const ran = await server.inside.desk.run(organizationId, call);
      expect(ran).toMatchObject({ ok: false, error: [{ law: 'SCHED-1', code: 'double-booking' }] });
      const free = { ...call, input: inputs.booking(patientId) };
      expect(await server.inside.desk.run(organizationId, free)).toMatchObject({ ok: true });
    });

    test('a call of the server’s own with text that the database cannot hold is refused like anybody’s', async () => {
      const author = { ...serverAuthor(newId()), permissions: permissionsOf(['receptionist']) };
      const { details } = server.clinic.inputs.patient();
      const input = { details: { ...details, address: 'a\u0000b' } };
      const call = { name: 'people/register', input, author, seen: {}, reason: null };
      expect(await server.inside.desk.run(server.clinic.organizationId, call)).toMatchObject({
        ok: false,
        error: [{ law: 'KERNEL-4', code: 'malformed-text' }],
      });
    });
  });
}
