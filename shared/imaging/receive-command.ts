import type { Task } from '../inbox/schema.ts';
import type { CommandContext, Draft } from '../kernel/command.ts';
import { defineCommand } from '../kernel/command.ts';
import { ok } from '../kernel/result.ts';
import { identityAgainst, matchStudy } from './matching.ts';
import type { ReceiveFacts, ReceiveInput } from './receive-facts.ts';
import { findReceived, gatherReceived, receiveInput } from './receive-facts.ts';
import type { Instance, Study } from './schema.ts';

/** Files what a scanner sent: a record, never refused (IMG-1 … 5); objects that are known with the same bytes add nothing. */
export const receive = defineCommand<ReceiveInput, ReceiveFacts>({
  name: 'imaging/receive',
  input: receiveInput,
  permission: 'system.automatic',
  nature: 'record',
  writes: { study: 'all', instance: 'all', task: 'all' },
  rules: {
    none: 'what a scanner sent is kept, whatever it is (IMG-1); whose it is follows from the images and what was found',
  },
  undo: { none: 'what a scanner sent is kept' },
  find: async (reader, given) => ({ ...given, found: await findReceived(reader, given) }),
  gather: gatherReceived,
  decide: (given, facts, context) => {
    const study = studyAfter(given, facts, context);
    const drafts: Draft[] = [{ kind: 'study', id: study.id, next: study }];
    // Grows with the batch: the same UID may come twice in it, with the same bytes or with others.
    const known = new Map(facts.known);
    for (const one of given.instances) {
      const before = known.get(one.sopInstanceUid) ?? [];
      if (before.some((other) => other.datasetSha256 === one.datasetSha256)) continue;
      const next: Instance = {
        ...one,
        id: context.newId(),
        studyId: study.id,
        locationId: given.locationId,
        patientId: study.state === 'linked' ? study.patientId : null,
        duplicateOf: before[0]?.id ?? null,
      };
      known.set(one.sopInstanceUid, [...before, next]);
      drafts.push({ kind: 'instance', id: next.id, next });
      if (before[0] || !one.header)
        drafts.push(taskAbout(next, before[0] ? 'same-uid-other-bytes' : 'unreadable-file', context));
    }
    return ok(drafts);
  },
});

/** A known study keeps its link; an image in it that is somebody else's takes the whole study back for a person to look at. */
function studyAfter(given: ReceiveInput, facts: ReceiveFacts, context: CommandContext): Study {
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
