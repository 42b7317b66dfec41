import { z } from 'zod';
import type { CommandContext, Draft } from '../kernel/command.ts';
import { defineCommand } from '../kernel/command.ts';
import { idSchema } from '../kernel/id.ts';
import { fail, ok } from '../kernel/result.ts';
import { violation } from '../kernel/violation.ts';
import type { ImagingOrder } from '../orders/schema.ts';
import { visitOfOrder } from '../orders/visit-of-order.ts';
import type { Encounter } from '../waiting-room/schema.ts';
import type { Instance, Measurement, Study } from './schema.ts';
import { measurementSchema } from './schema.ts';

/** Objects moved along in the set that links their study; the station files the rest at once after it. */
export const LINK_BATCH = 150;

const linkInput = z.strictObject({ studyId: idSchema, orderId: idSchema });
type LinkFacts = {
  study: Study | undefined;
  order: ImagingOrder | undefined;
  encounter: Encounter | undefined;
  instances: Instance[];
};

/** A person says whose study it is: a stray is linked, a held one released or given to another order (IMG-4). */
export const linkStudy = defineCommand<z.infer<typeof linkInput>, LinkFacts>({
  name: 'imaging/link-study',
  input: linkInput,
  permission: 'imaging.link',
  nature: 'record',
  writes: { study: ['link'], instance: ['patient'] },
  rules: { none: 'TODO' },
  undo: { none: 'a study linked wrongly is linked again' },
  gather: async (reader, input) => {
    const order = await reader.get<ImagingOrder>('imagingOrder', input.orderId);
    return {
      order,
      encounter: order && (await visitOfOrder(reader, order)),
      study: await reader.get<Study>('study', input.studyId),
      instances: await reader.find<Instance>(
        'instance',
        'byStudy',
        { prefix: `${input.studyId}/` },
        { limit: LINK_BATCH },
      ),
    };
  },
  decide: (_input, { study, order, encounter, instances }, context) => {
    if (!study || !order) return fail([violation('IMG-4', 'no-study-or-order')]);
    const mark =
      study.state === 'held' && study.orderId === order.id
        ? ('released-by-hand' as const)
        : ('linked-by-hand' as const);
    const next: Study = {
      ...study,
      state: 'linked',
      orderId: order.id,
      patientId: order.patientId,
      encounterId: encounter?.id ?? null,
      marks: [...new Set([...study.marks, mark])].slice(0, 4),
      linkedBy: context.author.id,
    };
    return ok([{ kind: 'study', id: next.id, next }, ...filed(instances, order.patientId)]);
  },
});

function filed(instances: readonly Instance[], patientId: string): Draft[] {
  return instances
    .filter((one) => one.patientId !== patientId)
    .map((one) => ({ kind: 'instance', id: one.id, next: { ...one, patientId }, basis: 'desk' as const }));
}

const fileInput = z.strictObject({ studyId: idSchema, instanceIds: z.array(idSchema).min(1).max(LINK_BATCH) });

/** The rest of a linked study's objects follow their study to its patient. */
export const fileInstances = defineCommand<
  z.infer<typeof fileInput>,
  { study: Study | undefined; instances: Instance[] }
>({
  name: 'imaging/file-instances',
  input: fileInput,
  permission: 'system.automatic',
  nature: 'record',
  writes: { instance: ['patient'] },
  rules: { none: 'TODO' },
  undo: { none: 'follows the study' },
  gather: async (reader, input) => {
    const instances: Instance[] = [];
    for (const id of input.instanceIds) {
      const one = await reader.get<Instance>('instance', id);
      if (one?.studyId === input.studyId) instances.push(one);
    }
    return { study: await reader.get<Study>('study', input.studyId), instances };
  },
  decide: (_input, { study, instances }) => {
    if (study?.state !== 'linked' || !study.patientId) return fail([violation('IMG-4', 'not-linked')]);
    return ok(filed(instances, study.patientId));
  },
});

const sentInput = z.strictObject({ orderId: idSchema, deviceId: idSchema, name: z.string().min(1).max(400) });

/** Remembers in which form a device was sent the patient's name: images come back with it (IMG-3). */
export const recordSentName = defineCommand<z.infer<typeof sentInput>, { order: ImagingOrder | undefined }>({
  name: 'imaging/record-sent-name',
  input: sentInput,
  permission: 'system.automatic',
  nature: 'record',
  writes: { imagingOrder: ['sentNames'] },
  rules: { none: 'TODO' },
  undo: { none: 'what was sent was sent' },
  gather: async (reader, input) => ({ order: await reader.get<ImagingOrder>('imagingOrder', input.orderId) }),
  decide: (input, { order }) => {
    if (!order) return fail([violation('IMG-3', 'no-order')]);
    const entry = { deviceId: input.deviceId, name: input.name };
    const known = order.sentNames.some((one) => one.deviceId === entry.deviceId && one.name === entry.name);
    const sentNames = known ? order.sentNames : [...order.sentNames, entry].slice(-20);
    return ok([{ kind: 'imagingOrder', id: order.id, next: { ...order, sentNames } }]);
  },
});

const measureInput = measurementSchema.omit({ id: true, authorId: true, atUtc: true, removed: true, patientId: true });

/** A measurement that a person drew (IMG-6). */
export const measure = defineCommand<
  z.infer<typeof measureInput>,
  { study: Study | undefined; instance: Instance | undefined }
>({
  name: 'imaging/measure',
  input: measureInput,
  permission: 'imaging.view',
  nature: 'record',
  writes: { measurement: 'all' },
  rules: { none: 'TODO' },
  undo: 'patches',
  gather: async (reader, input) => ({
    study: await reader.get<Study>('study', input.studyId),
    instance: await reader.get<Instance>('instance', input.instanceId),
  }),
  decide: (input, { study, instance }, context: CommandContext) => {
    if (!study?.patientId || study.state !== 'linked' || instance?.studyId !== study.id)
      return fail([violation('IMG-6', 'not-this-study')]);
    const next: Measurement = {
      ...input,
      id: context.newId(),
      patientId: study.patientId,
      authorId: context.author.id,
      atUtc: context.nowUtc,
      removed: false,
    };
    return ok([{ kind: 'measurement', id: next.id, next }]);
  },
});

const removeInput = z.strictObject({ measurementId: idSchema });

/** Takes a measurement off the image; it stays on record. */
export const removeMeasurement = defineCommand<z.infer<typeof removeInput>, { measurement: Measurement | undefined }>({
  name: 'imaging/remove-measurement',
  input: removeInput,
  permission: 'imaging.view',
  nature: 'record',
  writes: { measurement: ['removed'] },
  rules: { none: 'TODO' },
  undo: 'patches',
  gather: async (reader, input) => ({ measurement: await reader.get<Measurement>('measurement', input.measurementId) }),
  decide: (_input, { measurement }) => {
    if (!measurement) return fail([violation('IMG-6', 'no-measurement')]);
    return ok([{ kind: 'measurement', id: measurement.id, next: { ...measurement, removed: true } }]);
  },
});
