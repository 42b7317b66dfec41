/** What the filing of received objects turns on: looked up where they came in, named in the input, and read again by those names. */
import { z } from 'zod';
import { idSchema } from '../kernel/id.ts';
import type { Reader } from '../kernel/reader.ts';
import { exactly } from '../kernel/reader.ts';
import type { ImagingOrder } from '../orders/schema.ts';
import { uidSchema } from '../orders/schema.ts';
import { isVisitOfOrder, visitOfOrder } from '../orders/visit-of-order.ts';
import type { Patient } from '../people/schema.ts';
import type { Encounter } from '../waiting-room/schema.ts';
import type { MatchFacts } from './matching.ts';
import type { Instance, Study } from './schema.ts';
import { instanceSchema } from './schema.ts';

export const receivedSchema = instanceSchema.pick({
  sopInstanceUid: true,
  sopClassUid: true,
  transferSyntaxUid: true,
  datasetSha256: true,
  datasetBytes: true,
  callingAeTitle: true,
  receivedAtUtc: true,
  header: true,
});
/** Most objects in one set, so that a set stays under 200 documents and 1 MB. */
export const RECEIVE_BATCH = 80;

/** Documents that the station had: another one may know the study, its order or its visit already, and this one not. */
const foundSchema = z.strictObject({
  studyId: idSchema.nullable(),
  orderId: idSchema.nullable(),
  encounterId: idSchema.nullable(),
  /** Objects known by a UID that came again. */
  instanceIds: z.array(idSchema).max(2 * RECEIVE_BATCH),
});
type Found = z.infer<typeof foundSchema>;

export const receiveInput = z.strictObject({
  studyInstanceUid: uidSchema,
  locationId: idSchema,
  deviceId: idSchema.nullable(),
  instances: z.array(receivedSchema).min(1).max(RECEIVE_BATCH),
  /** Sets of law 1 lack it. */
  found: foundSchema.optional(),
});
export type ReceiveInput = z.infer<typeof receiveInput>;
export type ReceiveFacts = MatchFacts & { study: Study | undefined; known: Map<string, Instance[]> };

const accessionOf = (given: ReceiveInput): string => given.instances[0]?.header?.accessionNumber.trim() ?? '';

/** IMG-2: by Study Instance UID, else by accession number. */
async function findOrder(reader: Reader, given: ReceiveInput): Promise<ImagingOrder | undefined> {
  const byUid = await reader.find<ImagingOrder>('imagingOrder', 'byStudyUid', exactly(given.studyInstanceUid));
  const accessionNumber = accessionOf(given);
  if (byUid[0] || accessionNumber === '') return byUid[0];
  return (await reader.find<ImagingOrder>('imagingOrder', 'byAccession', exactly(accessionNumber)))[0];
}

/** Of the objects with a received one's UID: the first, and the one with the same bytes. */
async function findKnown(reader: Reader, given: ReceiveInput): Promise<string[]> {
  const ids = new Set<string>();
  for (const { sopInstanceUid, datasetSha256 } of given.instances) {
    const all = await reader.find<Instance>('instance', 'byUid', exactly(sopInstanceUid));
    const same = all.find((one) => one.datasetSha256 === datasetSha256);
    for (const one of [all[0], same]) if (one) ids.add(one.id);
  }
  return [...ids];
}

/** Looks up what this station has of the study, its order and visit, and the objects that came before. */
export async function findReceived(reader: Reader, given: ReceiveInput): Promise<Found> {
  const [study] = await reader.find<Study>('study', 'byUid', exactly(given.studyInstanceUid));
  const order = study?.orderId
    ? await reader.get<ImagingOrder>('imagingOrder', study.orderId)
    : await findOrder(reader, given);
  const encounter = order && (await visitOfOrder(reader, order));
  return {
    studyId: study?.id ?? null,
    orderId: order?.id ?? null,
    encounterId: encounter?.id ?? null,
    instanceIds: await findKnown(reader, given),
  };
}

/** The documents that were found; one that does not fit what came is not taken for found. */
export async function gatherReceived(reader: Reader, given: ReceiveInput): Promise<ReceiveFacts> {
  const found = given.found ?? (await findReceived(reader, given));
  const study = found.studyId ? await reader.get<Study>('study', found.studyId) : undefined;
  const order = found.orderId ? await reader.get<ImagingOrder>('imagingOrder', found.orderId) : undefined;
  const visit = found.encounterId ? await reader.get<Encounter>('encounter', found.encounterId) : undefined;
  const own = study?.studyInstanceUid === given.studyInstanceUid ? study : undefined;
  const matching = order && (order.id === own?.orderId || isOrderOf(order, given)) ? order : undefined;
  return {
    study: own,
    order: matching,
    patient: matching && (await reader.get<Patient>('patient', matching.patientId)),
    encounter: matching && visit && isVisitOfOrder(visit, matching) ? visit : undefined,
    known: await readKnown(reader, given, found.instanceIds),
  };
}

const isOrderOf = (order: ImagingOrder, given: ReceiveInput): boolean =>
  order.studyInstanceUid === given.studyInstanceUid ||
  (accessionOf(given) !== '' && order.accessionNumber === accessionOf(given));

async function readKnown(
  reader: Reader,
  given: ReceiveInput,
  instanceIds: readonly string[],
): Promise<Map<string, Instance[]>> {
  const read = await Promise.all(instanceIds.map(async (id) => reader.get<Instance>('instance', id)));
  const known = read.filter((one) => one !== undefined);
  return new Map(
    given.instances.map(({ sopInstanceUid }) => [
      sopInstanceUid,
      known.filter((one) => one.sopInstanceUid === sopInstanceUid),
    ]),
  );
}
