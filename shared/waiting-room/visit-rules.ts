/** What must hold of a visit, whatever command left it so (WAIT-2 … 5, SCHED-8). */
import { changesOf, defineRule } from '../kernel/command.ts';
import { sameJson } from '../kernel/canonical-json.ts';
import type { Reader } from '../kernel/reader.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import type { Device } from '../devices/schema.ts';
import type { ImagingOrder } from '../orders/schema.ts';
import type { Service } from '../catalog/schema.ts';
import type { Appointment } from '../scheduling/schema.ts';
import { checkStep } from './rules.ts';
import type { Encounter, Stage, StageStep } from './schema.ts';
import { currentStep } from './schema.ts';

type Step = { before: Encounter; step: StageStep };

/**
 * The step that a change puts after those that stood; none where steps of two stations were joined, which are in their order
 * by WAIT-6, and none where one is taken back.
 */
function addedSteps(change: Parameters<typeof changesOf>[0]): Step[] {
  return changesOf<Encounter>(change, 'encounter').flatMap(({ before, after }) => {
    if (!before || !after || after.steps.length !== before.steps.length + 1) return [];
    const isExtended = before.steps.every((step, at) => sameJson(step, after.steps[at]));
    return isExtended ? [{ before, step: currentStep(after) }] : [];
  });
}

/** WAIT-2 and WAIT-3. Taking a step back by undo is the business of the undo's own laws. */
export const stepRule = defineRule<unknown, null>({
  gather: async () => null,
  check: (change, _facts, context) =>
    change.isUndo ? [] : addedSteps(change).flatMap(({ before, step }) => checkStep(before, step, context.reason)),
});

const movedByImages: Readonly<Record<string, readonly Stage[]>> = {
  in_scan: ['arrived', 'waiting', 'in_room'],
  review: ['in_scan'],
};

/** WAIT-5: images move a visit on from where nobody has moved it further. */
export const inferredRule = defineRule<unknown, null>({
  gather: async () => null,
  check: (change) =>
    addedSteps(change)
      .filter(({ before, step }) => !movedByImages[step.stage]?.includes(currentStep(before).stage))
      .map(() => violation('WAIT-5', 'moved-by-a-person')),
});

const endedCodes = { cancelled: 'booking-cancelled', no_show: 'booking-no-show' } as const;

/** SCHED-8: the visit of a booking begins while the booking stands. A patient who came all the same is received, and a person looks. */
export const bookingStandsRule = defineRule<unknown, Appointment[]>({
  gather: async (reader, change) => {
    const begun = changesOf<Encounter>(change, 'encounter').filter((doc) => doc.before === null && doc.after !== null);
    const ids = begun.flatMap(({ after }) => after?.appointmentId ?? []);
    const found = await Promise.all(ids.map(async (id) => reader.get<Appointment>('appointment', id)));
    return found.filter((one) => one !== undefined);
  },
  check: (_change, appointments) =>
    appointments.flatMap(({ status }) => (status === 'booked' ? [] : [violation('SCHED-8', endedCodes[status])])),
});

type Scan = { order: ImagingOrder; device: Device | undefined };
type WalkInFacts = { scans: Scan[]; services: Array<Service | undefined> };

async function gatherWalkIn(reader: Reader, change: Parameters<typeof changesOf>[0]): Promise<WalkInFacts> {
  const orders = changesOf<ImagingOrder>(change, 'imagingOrder').flatMap(({ after }) => after ?? []);
  const ids = changesOf<Encounter>(change, 'encounter').flatMap(({ after }) => after?.services ?? []);
  return {
    scans: await Promise.all(
      orders.map(async (order) => ({ order, device: await reader.get<Device>('device', order.deviceId) })),
    ),
    services: await Promise.all(ids.map(async ({ serviceId }) => reader.get<Service>('service', serviceId))),
  };
}

/** WAIT-4: the order of a walk-in is on an active device of the place and of the service's kind, and a scan is not without one. */
export const walkInRule = defineRule<{ deviceId: string | null }, WalkInFacts>({
  gather: gatherWalkIn,
  check: (change, { scans, services }) => {
    const wanted = services.find((one) => one?.modality);
    if (wanted && scans.length === 0) return [wrongDevice('device-needed', wanted.modality)];
    if (!change.isUndo && change.input.deviceId && scans.length === 0) return [wrongDevice('wrong-device', null)];
    return scans.flatMap(({ order, device }) => {
      const isHere = device?.active === true && device.locationId === order.locationId;
      return isHere && device.modality === order.modality ? [] : [wrongDevice('wrong-device', order.modality)];
    });
  },
});

const wrongDevice = (code: string, modality: string | null): Violation =>
  violation('WAIT-4', code, { field: 'deviceId', params: { modality: modality ?? '' } });
