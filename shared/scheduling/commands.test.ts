import { describe, expect, it } from 'vitest';
import { authorOf, createDeskWorld } from '../../test/world/desk-world.ts';
import {
  budi,
  checkUp,
  frontDeskWorld,
  kemang,
  NOW_UTC,
  receptionist,
  TODAY,
  ZONE,
} from '../../test/world/front-desk-world.ts';
import type { Doc } from '../kernel/kind.ts';
import { addDays, reachedAt, weekday } from '../kernel/time.ts';
import type { Location } from '../organizations/schema.ts';
import type { User } from '../users/schema.ts';
import type { Appointment } from './schema.ts';

const front = authorOf(receptionist, 'receptionist');
const manager = authorOf(receptionist, 'manager');

function openWorld(changed = (docs: Record<string, Doc[]>) => docs) {
  const docs = changed(frontDeskWorld() as unknown as Record<string, Doc[]>);
  const quiet = { ...docs, appointment: [], encounter: [], imagingOrder: [] };
  const desk = createDeskWorld(quiet, NOW_UTC, kemang);
  const patients = (docs['patient'] ?? []).map((one) => one.id);
  const slot = (clock: string, patient = 0) => ({
    patientId: patients[patient] ?? '',
    locationId: kemang,
    serviceId: checkUp,
    startsAtUtc: reachedAt(TODAY, clock, ZONE),
    durationMin: 30,
    practitionerId: budi,
    roomId: null,
    deviceId: null,
    note: '',
    referringPhysician: '',
    question: '',
    urgent: false,
  });
  return { desk, slot };
}
const laws = (result: { ok: boolean; error?: Array<{ law: string }> }): string[] =>
  result.error?.map((one) => one.law) ?? [];

describe('booking', () => {
  it('SCHED-1: a taken time is refused, the minute after is not', async () => {
    const { desk, slot } = openWorld();
    await desk.done(front, 'scheduling/book', slot('09:00'));
    expect(laws((await desk.give(front, 'scheduling/book', slot('09:15', 1))) as never)).toEqual(['SCHED-1']);
    expect((await desk.give(front, 'scheduling/book', slot('09:30', 1))).ok).toBe(true);
  });
  it('SCHED-2: closed hours are refused', async () => {
    const { desk, slot } = openWorld();
    expect(laws((await desk.give(front, 'scheduling/book', slot('12:15'))) as never)).toEqual(['SCHED-2']);
    expect(laws((await desk.give(front, 'scheduling/book', slot('07:45'))) as never)).toContain('SCHED-2');
  });
  it('SCHED-2: hours that touch are one, and a booking may go on over midnight', async () => {
    const { desk, slot } = openWorld((docs) => {
      const place = docs['location']?.[0] as unknown as Location;
      const hours = [
        ['09:00', '12:00'],
        ['12:00', '17:00'],
        ['22:00', '24:00'],
      ].map(([from = '', to = '']) => ({ weekday: weekday(TODAY), from, to }));
      const next = { weekday: weekday(addDays(TODAY, 1)), from: '00:00', to: '02:00' };
      const all = [...hours, next];
      const user = (docs['user'] as unknown as User[]).find((one) => one.id === budi);
      return {
        ...docs,
        location: [{ ...place, hours: all } as unknown as Doc],
        user: [{ ...user, practices: [{ locationId: kemang, hours: all }] } as unknown as Doc],
      };
    });
    const hour = (clock: string) => ({ ...slot(clock), durationMin: 60 });
    await desk.done(front, 'scheduling/book', hour('11:30'));
    await desk.done(front, 'scheduling/book', hour('23:30'));
    expect(laws((await desk.give(front, 'scheduling/book', hour('16:30'))) as never)).toEqual(['SCHED-2', 'SCHED-2']);
    const free = await desk.give(front, 'scheduling/book', hour('01:30'));
    expect(laws(free as never)).toContain('SCHED-2');
  });
  it('SCHED-3: a patient is in one place at a time', async () => {
    const { desk, slot } = openWorld();
    await desk.done(front, 'scheduling/book', slot('09:00'));
    expect(laws((await desk.give(front, 'scheduling/book', slot('09:00'))) as never)).toEqual(['SCHED-1', 'SCHED-3']);
  });
  it('SCHED-6: an override needs the right and a reason, which stays on the booking', async () => {
    const { desk, slot } = openWorld();
    await desk.done(front, 'scheduling/book', slot('09:00'));
    const wanted = slot('09:00', 1);
    expect((await desk.give(front, 'scheduling/book', wanted, { reason: 'urgent' })).ok).toBe(false);
    expect((await desk.give(manager, 'scheduling/book', wanted)).ok).toBe(false);
    const proposal = await desk.done(manager, 'scheduling/book', wanted, { reason: 'urgent' });
    const booked = proposal.written[0]?.after as unknown as Appointment;
    expect([booked.overrideReason, booked.overrideBy]).toEqual(['urgent', receptionist]);
    expect((await desk.judge(proposal, front)).result).not.toBe('accepted');
  });
  it('SCHED-9: a new booking that lost is kept unplaced, with one conflict', async () => {
    const { desk, slot } = openWorld();
    const mine = await desk.give(front, 'scheduling/book', slot('09:00'));
    if (!mine.ok) throw new Error('should be free');
    await desk.done(front, 'scheduling/book', slot('09:00', 1));
    const verdict = await desk.judge(mine.value, front);
    expect(verdict).toMatchObject({
      result: 'merged',
      conflicts: [{ kind: 'appointment', violations: [{ law: 'SCHED-1' }] }],
    });
    if (verdict.result !== 'merged') throw new Error('merged');
    expect(verdict.written[0]?.after).toMatchObject({ placement: 'unplaced', status: 'booked' });
  });
  it('SCHED-9: a move that lost is refused', async () => {
    const { desk, slot } = openWorld();
    const first = await desk.done(front, 'scheduling/book', slot('09:00'));
    const appointment = first.written[0]?.after as unknown as Appointment;
    const {
      patientId: _p,
      serviceId: _s,
      note: _n,
      referringPhysician: _r,
      question: _q,
      urgent: _u,
      ...to
    } = slot('10:00');
    const seen = { [`appointment/${appointment.id}`]: appointment as unknown as Doc };
    const move = await desk.give(front, 'scheduling/move', { ...to, appointmentId: appointment.id }, { seen });
    if (!move.ok) throw new Error(JSON.stringify(move.error));
    await desk.done(front, 'scheduling/book', slot('10:00', 1));
    expect((await desk.judge(move.value, front)).result).toBe('refused');
  });
  it('SCHED-7, SCHED-8: cancel needs a reason and a booking that nobody has received', async () => {
    const { desk, slot } = openWorld();
    const booking = await desk.done(front, 'scheduling/book', slot('09:00'));
    const appointment = booking.written[0]?.after as Doc;
    const seen = { [`appointment/${appointment.id}`]: appointment };
    const input = { appointmentId: appointment.id };
    expect(laws((await desk.give(front, 'scheduling/cancel', input, { seen })) as never)).toEqual(['KERNEL-7']);
    await desk.done(front, 'waiting-room/arrive', input);
    expect(laws((await desk.give(front, 'scheduling/cancel', input, { seen, reason: 'ill' })) as never)).toEqual([
      'SCHED-8',
    ]);
  });
});

describe('the waiting room', () => {
  it('WAIT-1: one visit, the same on two stations', async () => {
    const { desk, slot } = openWorld();
    const booking = await desk.done(front, 'scheduling/book', slot('09:00'));
    const input = { appointmentId: booking.written[0]?.id };
    const here = await desk.give(front, 'waiting-room/arrive', input);
    const there = await desk.give(front, 'waiting-room/arrive', input);
    if (!here.ok || !there.ok) throw new Error('both may');
    expect(here.value.written[0]?.id).toBe(there.value.written[0]?.id);
  });
  it('WAIT-3: back once within five minutes by whoever went on, else with a reason', async () => {
    const { desk, slot } = openWorld();
    const booking = await desk.done(front, 'scheduling/book', slot('09:00'));
    const arrived = await desk.done(front, 'waiting-room/arrive', { appointmentId: booking.written[0]?.id });
    const encounter = arrived.written[0]?.after as Doc;
    const seen = (doc: Doc) => ({ [`encounter/${doc.id}`]: doc });
    const on = await desk.done(
      front,
      'waiting-room/move',
      { encounterId: encounter.id, to: 'waiting' },
      { seen: seen(encounter) },
    );
    const waiting = on.written[0]?.after as Doc;
    const back = { encounterId: encounter.id, to: 'arrived' };
    const other = authorOf('01890000-0002-7000-8000-0000000000ff', 'receptionist');
    expect(laws((await desk.give(other, 'waiting-room/move', back, { seen: seen(waiting) })) as never)).toEqual([
      'WAIT-3',
    ]);
    expect(
      (await desk.give(other, 'waiting-room/move', back, { seen: seen(waiting), reason: 'wrong patient' })).ok,
    ).toBe(true);
    expect((await desk.give(front, 'waiting-room/move', back, { seen: seen(waiting) })).ok).toBe(true);
  });
});
