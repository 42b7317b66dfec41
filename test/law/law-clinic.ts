/** A day at the law's clinic in steps that the cases build on: each step is an honest set that the server takes. */
import type { CommandCall } from '../../shared/desk/ports.ts';
import type { ChangeSet } from '../../shared/kernel/change-set.ts';
import type { Author } from '../../shared/kernel/command.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { addMinutes } from '../../shared/kernel/time.ts';
import { newPatient } from '../world/new-patient.ts';
import type { GullibleLaw } from './gullible-law.ts';
import { type LawStation, type LawWorld, openLawWorld } from './law-world.ts';

export type CallOptions = { seen?: readonly Doc[]; kind?: string; reason?: string };
export type LawClinic = Awaited<ReturnType<typeof openLawClinic>>;

/** Two stations at one place, and the people of the reference documents. */
export async function openLawClinic(seed: number, gullible?: GullibleLaw) {
  const world: LawWorld = await openLawWorld(seed, gullible);
  const { locationId } = world.ids;
  const { users, managerId, devices, services } = world.reference;
  const here = await world.addStation('K1', locationId);
  const there = await world.addStation('K2', locationId);
  const people = {
    front: world.person(users.front.id, 'front', 'receptionist'),
    cashier: world.person(users.cashier.id, 'cashier', 'cashier'),
    doctor: world.person(users.doctor.id, 'doctor', 'doctor'),
    technician: world.person(users.technician.id, 'technician', 'technician'),
    manager: world.person(managerId, 'Manager', 'manager'),
  };
  const scanner = world.machine(devices.ct.id);
  let slots = 0;
  let names = 0;

  const call = (
    author: Author,
    name: string,
    input: Record<string, unknown>,
    options: CallOptions = {},
  ): CommandCall => ({
    name,
    input,
    author,
    seen: Object.fromEntries((options.seen ?? []).map((doc) => [`${options.kind}/${doc.id}`, doc])),
    reason: options.reason ?? null,
  });
  /** Gives a call at a station, and both stations bring what became of it. The documents that it wrote, in order. */
  const give = async (given: CommandCall, station: LawStation = here): Promise<{ set: ChangeSet; docs: Doc[] }> => {
    await world.sync(station);
    const { set, written } = await world.proposeAt(station, given);
    const { answer } = await world.push(station, set);
    if (answer.result !== 'accepted' && answer.result !== 'merged')
      throw new Error(`${given.name}: ${answer.result} ${JSON.stringify(answer.violations)}`);
    for (const one of [here, there]) await world.sync(one);
    return { set, docs: written.flatMap((doc) => (doc.after ? [doc.after] : [])) };
  };
  const made = async (given: CommandCall, station?: LawStation): Promise<Doc> => {
    const [first] = (await give(given, station)).docs;
    if (!first) throw new Error(`${given.name} made nothing`);
    return first;
  };
  const stored = async (kind: string, id: string): Promise<Doc> => {
    const doc = await here.reader.get(kind, id);
    if (!doc) throw new Error(`no ${kind}`);
    return doc;
  };

  const detailsOf = (family = `Name${++names}`) => newPatient(family, 'Given');
  const patient = (): Promise<Doc> => made(call(people.front, 'people/register', { details: detailsOf() }));
  /** A free time of its own each time, within the next days. */
  const slot = (service: Doc = services.consult, practitionerId = users.doctor.id) => ({
    locationId,
    startsAtUtc: addMinutes(`${world.nowUtc().slice(0, 13)}:00:00.000Z`, 24 * 60 + ++slots * 40),
    durationMin: 15,
    practitionerId,
    roomId: null,
    deviceId: service['modality'] ? devices.ct.id : null,
  });
  const bookInput = (patientId: string, service: Doc = services.consult) => ({
    ...slot(service),
    patientId,
    serviceId: service.id,
    note: 'fasting',
    referringPhysician: 'Dr. Who',
    question: 'cough',
    urgent: false,
  });
  const booking = async (service?: Doc): Promise<Doc> =>
    made(call(people.front, 'scheduling/book', bookInput((await patient()).id, service)));
  const visit = async (service?: Doc): Promise<Doc> =>
    made(call(people.front, 'waiting-room/arrive', { appointmentId: (await booking(service)).id }));
  const order = async (): Promise<Doc> => {
    const { docs } = await give(call(people.front, 'scheduling/book', bookInput((await patient()).id, services.ct)));
    const found = docs.find((doc) => 'accessionNumber' in doc);
    if (!found) throw new Error('no order');
    return found;
  };
  return {
    world,
    here,
    there,
    people,
    scanner,
    call,
    give,
    made,
    stored,
    detailsOf,
    patient,
    slot,
    bookInput,
    booking,
    visit,
    order,
    close: world.close,
  };
}
