import { z } from 'zod';
import type { CommandContext, Draft } from '../kernel/command.ts';
import { defineCommand } from '../kernel/command.ts';
import { idSchema } from '../kernel/id.ts';
import type { Reader } from '../kernel/reader.ts';
import { fail, ok } from '../kernel/result.ts';
import { violation } from '../kernel/violation.ts';
import type { ImagingOrder } from '../orders/schema.ts';
import { isVisitOfOrder, visitOfOrder } from '../orders/visit-of-order.ts';
import type { Encounter } from '../waiting-room/schema.ts';
import { filedRule, measuredRule, reportedRule } from './filed-rules.ts';
import type { Instance, Measurement, Study } from './schema.ts';
import { measurementSchema } from './schema.ts';

/** Objects moved along in the set that links their study; the station files the rest at once after it. */
export const LINK_BATCH = 150;

const linkInput = z.strictObject({
  studyId: idSchema,
  orderId: idSchema,
  /** The order's visit and the first objects of the study, as far as the station has them. Sets of law 1 lack it. */
  found: z
    .strictObject({ encounterId: idSchema.nullable(), instanceIds: z.array(idSchema).max(LINK_BATCH) })
    .optional(),
});
type Link = z.infer<typeof linkInput>;
type LinkFacts = {
  study: Study | undefined;
  order: ImagingOrder | undefined;
  encounter: Encounter | undefined;
  instances: Instance[];
};

async function findLinked(reader: Reader, { studyId, orderId }: Link): Promise<NonNullable<Link['found']>> {
  const order = await reader.get<ImagingOrder>('imagingOrder', orderId);
  const encounter = order && (await visitOfOrder(reader, order));
  const range = { prefix: `${studyId}/` };
  const instances = await reader.find<Instance>('instance', 'byStudy', range, { limit: LINK_BATCH });
  return { encounterId: encounter?.id ?? null, instanceIds: instances.map((one) => one.id) };
}

async function gatherLink(reader: Reader, input: Link): Promise<LinkFacts> {
  const found = input.found ?? (await findLinked(reader, input));
  const order = await reader.get<ImagingOrder>('imagingOrder', input.orderId);
  const visit = found.encounterId ? await reader.get<Encounter>('encounter', found.encounterId) : undefined;
  return {
    order,
    encounter: order && visit && isVisitOfOrder(visit, order) ? visit : undefined,
    study: await reader.get<Study>('study', input.studyId),
    instances: await instancesOf(reader, input.studyId, found.instanceIds),
  };
}

/** Those of the objects that are the study's. */
async function instancesOf(reader: Reader, studyId: string, instanceIds: readonly string[]): Promise<Instance[]> {
  const read = await Promise.all(instanceIds.map(async (id) => reader.get<Instance>('instance', id)));
  return read.flatMap((one) => (one?.studyId === studyId ? [one] : []));
}

/** A person says whose study it is: a stray is linked, a held one released or given to another order (IMG-4). */
export const linkStudy = defineCommand<Link, LinkFacts>({
  name: 'imaging/link-study',
  input: linkInput,
  permission: 'imaging.link',
  nature: 'record',
  writes: { study: ['link'], instance: ['patient'] },
  undo: { none: 'a study linked wrongly is linked again' },
  find: async (reader, input) => ({ ...input, found: await findLinked(reader, input) }),
  gather: gatherLink,
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
  rules: [filedRule, reportedRule],
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
  undo: { none: 'follows the study' },
  gather: async (reader, input) => ({
    study: await reader.get<Study>('study', input.studyId),
    instances: await instancesOf(reader, input.studyId, input.instanceIds),
  }),
  decide: (_input, { study, instances }) => {
    if (!study?.patientId) return fail([violation('IMG-4', 'not-linked')]);
    return ok(filed(instances, study.patientId));
  },
  rules: [filedRule],
});

const sentInput = z.strictObject({ orderId: idSchema, deviceId: idSchema, name: z.string().min(1).max(400) });

/** Remembers in which form a device was sent the patient's name: images come back with it (IMG-3). */
export const recordSentName = defineCommand<z.infer<typeof sentInput>, { order: ImagingOrder | undefined }>({
  name: 'imaging/record-sent-name',
  input: sentInput,
  permission: 'system.automatic',
  nature: 'record',
  writes: { imagingOrder: ['sentNames'] },
  rules: { none: 'what a device was sent is a fact, whatever it was' },
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
export const measure = defineCommand<z.infer<typeof measureInput>, { study: Study | undefined }>({
  name: 'imaging/measure',
  input: measureInput,
  permission: 'imaging.view',
  nature: 'record',
  writes: { measurement: 'all' },
  undo: 'patches',
  gather: async (reader, input) => ({ study: await reader.get<Study>('study', input.studyId) }),
  decide: (input, { study }, context: CommandContext) => {
    if (!study?.patientId) return fail([violation('IMG-6', 'not-this-study')]);
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
  rules: [measuredRule],
});

const removeInput = z.strictObject({ measurementId: idSchema });

/** Takes a measurement off the image; it stays on record. */
export const removeMeasurement = defineCommand<z.infer<typeof removeInput>, { measurement: Measurement | undefined }>({
  name: 'imaging/remove-measurement',
  input: removeInput,
  permission: 'imaging.view',
  nature: 'record',
  writes: { measurement: ['removed'] },
  rules: { none: 'it stays on record, and in the reports that quote it, whoever takes it off the image' },
  undo: 'patches',
  gather: async (reader, input) => ({ measurement: await reader.get<Measurement>('measurement', input.measurementId) }),
  decide: (_input, { measurement }) => {
    if (!measurement) return fail([violation('IMG-6', 'no-measurement')]);
    return ok([{ kind: 'measurement', id: measurement.id, next: { ...measurement, removed: true } }]);
  },
});
