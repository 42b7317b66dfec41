import { expect, it } from 'vitest';
import { authorOf, createDeskWorld } from '../../test/world/desk-world.ts';
import { frontDeskWorld, kemang, NOW_UTC, receptionist } from '../../test/world/front-desk-world.ts';
import type { Device } from '../devices/schema.ts';
import type { Doc } from '../kernel/kind.ts';
import type { ImagingOrder } from '../orders/schema.ts';
import { visitOfOrder } from '../orders/visit-of-order.ts';
import type { Encounter } from './schema.ts';

const front = authorOf(receptionist, 'receptionist');

function openWorld() {
  const docs = frontDeskWorld() as unknown as Record<string, Doc[]>;
  const desk = createDeskWorld({ ...docs, encounter: [], imagingOrder: [] }, NOW_UTC, kemang);
  const devices = (docs['device'] ?? []) as unknown as Device[];
  const serviceOf = (modality: string | null): string =>
    docs['service']?.find((one) => (one['modality'] ?? null) === modality)?.id ?? '';
  const input = { patientId: docs['patient']?.[0]?.id, locationId: kemang, practitionerId: null };
  return { desk, devices, serviceOf, input };
}

it('WAIT-4: a walk-in for a scan has its order at once, and the two find each other', async () => {
  const { desk, devices, serviceOf, input } = openWorld();
  const device = devices.find((one) => one.modality === 'CT');
  const given = { ...input, serviceId: serviceOf('CT'), deviceId: device?.id };
  const proposal = await desk.done(front, 'waiting-room/walk-in', given);
  const [visit, order] = proposal.written.map((one) => one.after) as unknown as [Encounter, ImagingOrder];
  expect(order).toMatchObject({ appointmentId: null, deviceId: device?.id, modality: 'CT', scheduledAtUtc: NOW_UTC });
  expect(await visitOfOrder(desk.reader, order)).toEqual(visit);
  expect((await desk.judge(proposal, front)).result).toBe('accepted');
  const again = await desk.done(front, 'waiting-room/walk-in', given);
  const other = again.written[1]?.after as unknown as ImagingOrder;
  expect(await visitOfOrder(desk.reader, order)).toEqual(visit);
  expect((await visitOfOrder(desk.reader, other))?.id).toBe(again.written[0]?.id);
});

it('WAIT-4: a device of another kind is refused; without a scan there is no order', async () => {
  const { desk, devices, serviceOf, input } = openWorld();
  const ultrasound = devices.find((one) => one.modality === 'US')?.id;
  const wrong = await desk.give(front, 'waiting-room/walk-in', {
    ...input,
    serviceId: serviceOf('CT'),
    deviceId: ultrasound,
  });
  expect(wrong).toMatchObject({ ok: false, error: [{ law: 'WAIT-4', code: 'wrong-device' }] });
  const nothing = await desk.give(front, 'waiting-room/walk-in', { ...input, serviceId: null, deviceId: ultrasound });
  expect(nothing.ok).toBe(false);
  const plain = await desk.done(front, 'waiting-room/walk-in', { ...input, serviceId: null, deviceId: null });
  expect(plain.written.map((one) => one.kind)).toEqual(['encounter']);
});
