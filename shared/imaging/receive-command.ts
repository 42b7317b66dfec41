import { z } from 'zod';
import type { Device } from '../devices/schema.ts';
import type { Task } from '../inbox/schema.ts';
import type { CommandContext, Draft } from '../kernel/command.ts';
import { defineCommand } from '../kernel/command.ts';
import { idSchema } from '../kernel/id.ts';
import type { Reader } from '../kernel/reader.ts';
import { exactly } from '../kernel/reader.ts';
import { ok } from '../kernel/result.ts';
import type { ImagingOrder } from '../orders/schema.ts';
import { visitOfOrder } from '../orders/visit-of-order.ts';
import { uidSchema } from '../orders/schema.ts';
import type { Patient } from '../people/schema.ts';
import type { MatchFacts } from './matching.ts';
import { identityAgainst, matchStudy } from './matching.ts';
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

const input = z.strictObject({
  studyInstanceUid: uidSchema,
  locationId: idSchema,
  deviceId: idSchema.nullable(),
  instances: z.array(receivedSchema).min(1).max(RECEIVE_BATCH),
});
type Input = z.infer<typeof input>;
type Facts = MatchFacts & { study: Study | undefined; known: Map<string, Instance[]> };

async function gather(reader: Reader, given: Input): Promise<Facts> {
  const study = (await reader.find<Study>('study', 'byUid', exactly(given.studyInstanceUid)))[0];
  const order = study?.orderId
    ? await reader.get<ImagingOrder>('imagingOrder', study.orderId)
    : await findOrder(reader, given.studyInstanceUid, given.instances[0]?.header?.accessionNumber ?? '');
  const known = new Map<string, Instance[]>();
  for (const one of given.instances)
    known.set(one.sopInstanceUid, await reader.find<Instance>('instance', 'byUid', exactly(one.sopInstanceUid)));
  return {
    study,
    order,
    known,
    patient: order && (await reader.get<Patient>('patient', order.patientId)),
    encounter: order && (await visitOfOrder(reader, order)),
    device: given.deviceId ? await reader.get<Device>('device', given.deviceId) : undefined,
  };
}

/** IMG-2: by Study Instance UID, else by accession number. */
async function findOrder(reader: Reader, studyUid: string, accessionNumber: string): Promise<ImagingOrder | undefined> {
  const byUid = await reader.find<ImagingOrder>('imagingOrder', 'byStudyUid', exactly(studyUid));
  if (byUid[0] || accessionNumber.trim() === '') return byUid[0];
  return (await reader.find<ImagingOrder>('imagingOrder', 'byAccession', exactly(accessionNumber.trim())))[0];
}

/** Files what a scanner sent: a record, never refused (IMG-1 … 5); objects that are known with the same bytes add nothing. */
export const receive = defineCommand<Input, Facts>({
  name: 'imaging/receive',
  input,
  permission: 'system.automatic',
  nature: 'record',
  writes: { study: 'all', instance: 'all', task: 'all' },
  rules: { none: 'TODO' },
  undo: { none: 'what a scanner sent is kept' },
  gather,
  decide: (given, facts, context) => {
    const study = studyAfter(given, facts, context);
    const drafts: Draft[] = [{ kind: 'study', id: study.id, next: study }];
    const added = new Map<string, string>();
    for (const one of given.instances) {
      const before = facts.known.get(one.sopInstanceUid) ?? [];
      if (
        before.some((other) => other.datasetSha256 === one.datasetSha256) ||
        added.get(one.sopInstanceUid) === one.datasetSha256
      )
        continue;
      added.set(one.sopInstanceUid, one.datasetSha256);
      const next: Instance = {
        ...one,
        id: context.newId(),
        studyId: study.id,
        locationId: given.locationId,
        patientId: study.state === 'linked' ? study.patientId : null,
        duplicateOf: before[0]?.id ?? null,
      };
      drafts.push({ kind: 'instance', id: next.id, next });
      if (before[0] || !one.header)
        drafts.push(taskAbout(next, before[0] ? 'same-uid-other-bytes' : 'unreadable-file', context));
    }
    return ok(drafts);
  },
});

/** A known study keeps its link; an image in it that is somebody else's takes the whole study back for a person to look at. */
function studyAfter(given: Input, facts: Facts, context: CommandContext): Study {
  const headers = given.instances.map((one) => one.header).filter((header) => header !== null);
  const { study } = facts;
  if (study) {
    const byHand = study.marks.includes('linked-by-hand') || study.marks.includes('released-by-hand');
    if (study.state !== 'linked' || byHand) return study;
    const differs = [...new Set(headers.flatMap((header) => identityAgainst(header, facts)))];
    return differs.length > 0 ? { ...study, state: 'held', differs } : study;
  }
  const matches = headers.map((header) => matchStudy(header, facts));
  const match = matches.find((one) => one.state === 'held') ?? matches[0] ?? matchStudy(null, facts);
  return {
    id: context.newId(),
    studyInstanceUid: given.studyInstanceUid,
    locationId: given.locationId,
    deviceId: given.deviceId,
    linkedBy: null,
    firstImageAtUtc: given.instances[0]?.receivedAtUtc ?? context.nowUtc,
    ...match,
  };
}

function taskAbout(instance: Instance, reason: Task['reason'], context: CommandContext): Draft {
  const next: Task = {
    id: context.newId(),
    reason,
    locationId: instance.locationId,
    patientId: instance.patientId,
    aboutKind: 'instance',
    aboutId: instance.id,
    violations: [],
    atUtc: context.nowUtc,
    status: 'open',
    solvedBy: null,
    solvedAtUtc: null,
  };
  return { kind: 'task', id: next.id, next };
}
