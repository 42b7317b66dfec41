/** Front desk, waiting room, inbox and settings. */
import type { MakeCall } from './cases.ts';
import { scanOf } from './cases-clinical.ts';

export const deskCases: Record<string, MakeCall> = {
  'stations/break-glass': async ({ here, people, call }) =>
    call(people.front, 'stations/break-glass', { stationId: here.id }, { reason: 'no line for two weeks' }),
  'catalog/set-price': async ({ world, people, call, stored }) => {
    const service = await stored('service', world.reference.services.consult.id);
    const input = { serviceId: service.id, priceMinor: world.dice.int(100, 900) * 1000 };
    return call(people.manager, 'catalog/set-price', input, { kind: 'service', seen: [service] });
  },
  'people/register': async ({ people, call, detailsOf }) =>
    call(people.front, 'people/register', { details: detailsOf() }),
  'people/update': async ({ world, people, call, patient }) => {
    const seen = await patient();
    const details = { phones: [`08${world.dice.digits(9)}`], address: 'Jl. Melati 1' };
    return call(people.front, 'people/update', { patientId: seen.id, details }, { kind: 'patient', seen: [seen] });
  },
  'people/set-allergies': async ({ people, call, patient }) => {
    const seen = await patient();
    const allergies = [{ key: 'latex', substance: 'Latex', reaction: 'rash', severity: 'mild' }];
    const input = { patientId: seen.id, allergyState: 'listed', allergies };
    return call(people.doctor, 'people/set-allergies', input, { kind: 'patient', seen: [seen] });
  },
  'scheduling/book': async ({ world, people, call, patient, bookInput }) => {
    const { consult, ct } = world.reference.services;
    return call(people.front, 'scheduling/book', bookInput((await patient()).id, world.dice.pick([consult, ct])));
  },
  'scheduling/move': async ({ people, call, booking, slot }) => {
    const seen = await booking();
    const input = { ...slot(), appointmentId: seen.id };
    return call(people.front, 'scheduling/move', input, { kind: 'appointment', seen: [seen] });
  },
  'scheduling/cancel': async ({ world, people, call, booking }) => {
    const seen = await booking(world.reference.services.ct);
    const options = { kind: 'appointment', seen: [seen], reason: 'the patient called' };
    return call(people.front, 'scheduling/cancel', { appointmentId: seen.id }, options);
  },
  'scheduling/no-show': async ({ people, call, booking }) => {
    const seen = await booking();
    return call(people.front, 'scheduling/no-show', { appointmentId: seen.id }, { kind: 'appointment', seen: [seen] });
  },
  'waiting-room/arrive': async ({ people, call, booking }) =>
    call(people.front, 'waiting-room/arrive', { appointmentId: (await booking()).id }),
  'waiting-room/walk-in': async ({ world, people, call, patient }) => {
    const { services, devices, users } = world.reference;
    return call(people.front, 'waiting-room/walk-in', {
      patientId: (await patient()).id,
      locationId: world.ids.locationId,
      practitionerId: users.doctor.id,
      serviceId: services.ct.id,
      deviceId: devices.ct.id,
    });
  },
  'waiting-room/move': async ({ people, call, visit }) => {
    const seen = await visit();
    const input = { encounterId: seen.id, to: 'waiting' };
    return call(people.front, 'waiting-room/move', input, { kind: 'encounter', seen: [seen] });
  },
  'waiting-room/infer': async ({ world, scanner, call, visit }) => {
    const seen = await visit(world.reference.services.ct);
    // Between the arrival and now, so that it is neither of them.
    const atUtc = new Date(Date.parse(seen['openedAtUtc'] as string) + 1).toISOString();
    return call(scanner, 'waiting-room/infer', { encounterId: seen.id, to: 'in_scan', atUtc });
  },
  'inbox/solve': async (clinic) => {
    const { people, call, here } = clinic;
    const unreadable = await scanOf(clinic, null);
    await clinic.give(unreadable);
    const tasks = await here.reader.find('task', 'open', { prefix: '' });
    const seen = tasks.at(-1);
    if (!seen) throw new Error('no task');
    return call(people.front, 'inbox/solve', { kind: 'task', id: seen.id }, { kind: 'task', seen: [seen] });
  },
  'inbox/choose-version': async (clinic) => {
    const { world, people, call, patient, here, there } = clinic;
    const seen = await patient();
    const edit = (phone: string) =>
      call(
        people.front,
        'people/update',
        { patientId: seen.id, details: { phones: [phone] } },
        { kind: 'patient', seen: [seen] },
      );
    const mine = await world.proposeAt(there, edit('0811111111'));
    await clinic.give(edit('0822222222'), here);
    await world.push(there, mine.set);
    for (const station of [here, there]) await world.sync(station);
    const [conflict] = await here.reader.find('conflict', 'byDoc', { prefix: seen.id });
    if (!conflict) throw new Error('no conflict');
    const input = { conflictId: conflict.id, choices: { contact: 'mine' } };
    return call(people.front, 'inbox/choose-version', input, { kind: 'conflict', seen: [conflict] });
  },
};
