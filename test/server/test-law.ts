/** The real kinds, and a few plain commands whose outcome a test can foresee. */
import { z } from 'zod';
import { kinds } from '../../shared/collections.ts';
import { law } from '../../shared/law.ts';
import type { Law } from '../../shared/desk/ports.ts';
import type { CommandSpec } from '../../shared/kernel/command.ts';
import { defineCommand, defineRule } from '../../shared/kernel/command.ts';
import { patchSchema } from '../../shared/kernel/change-set.ts';
import type { Reader } from '../../shared/kernel/reader.ts';
import { overlayPatch } from '../../shared/desk/apply.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { ok } from '../../shared/kernel/result.ts';
import { violation } from '../../shared/kernel/violation.ts';

/** What a test command writes stands in its input as patches, so that the server makes the same of it. */
const anyInput = z.looseObject({ patches: z.array(patchSchema).default([]) });
type Input = z.infer<typeof anyInput>;
type Stored = Array<Doc | undefined>;

const gather = (reader: Reader, { patches }: Input): Promise<Stored> =>
  Promise.all(patches.map(async (patch) => reader.get(patch.kind, patch.id)));
const decide = ({ patches }: Input, stored: Stored) =>
  ok(
    patches.map((patch, at) => {
      const kind = kinds[patch.kind];
      if (!kind) throw new Error(patch.kind);
      const next = overlayPatch(kind, stored[at] ?? null, patch);
      return { kind: patch.kind, id: patch.id, next };
    }),
  );
const nothing = { undo: 'patches', gather, decide, rules: { none: 'a test of the desk' } } as const;

/** A claim on the resources of an appointment; who comes second is stored unplaced. */
const clashRule = defineRule<Input, Doc[]>({
  gather: (reader, change) => {
    const { resourceId } = change.input as unknown as { resourceId: string };
    return Promise.resolve(reader.find('appointment', 'byResource', { prefix: `${resourceId}/` }));
  },
  check: (change, taken) => {
    const own = new Set(change.docs.map((doc) => doc.id));
    const wanted = change.docs.map((doc) => doc.after);
    const clash = taken.some(
      (one) =>
        !own.has(one.id) &&
        wanted.some(
          (doc) =>
            String(one['startsAtUtc']) < String(doc?.['endsAtUtc']) &&
            String(doc?.['startsAtUtc']) < String(one['endsAtUtc']),
        ),
    );
    return clash ? [violation('SCHED-1', 'taken')] : [];
  },
});
const book = defineCommand<Input, Stored>({
  ...nothing,
  name: 'test/book',
  input: anyInput,
  permission: 'appointments.book',
  nature: 'claim',
  writes: { appointment: 'all' },
  rules: [clashRule],
  lose: (change) =>
    change.docs.map((doc) => ({
      kind: doc.kind,
      id: doc.id,
      next: doc.after && { ...doc.after, placement: 'unplaced' },
    })),
});

/** The same claim with a law that has forgotten its rule: only the database stands against a double booking. */
const bookBlindly = { ...book, name: 'test/book-blindly', rules: { none: 'it has forgotten its rule' } };

/** A record of something that happened. */
const record = defineCommand({
  ...nothing,
  name: 'test/record',
  input: anyInput,
  permission: 'patients.view',
  nature: 'record',
  writes: { patient: 'all', note: 'all', room: 'all', user: 'all', instance: 'all' },
});
const isTakenRoom = (reader: Reader): Promise<boolean> =>
  Promise.resolve(reader.find('room', 'byLocation', { prefix: '' })).then((rooms) =>
    rooms.some((one) => one['name'] === 'refuse'),
  );
/** Refuses on the server only: where the room `refuse` stands by then. */
const refusingRule = defineRule<Input, boolean>({
  gather: async (reader) => isTakenRoom(reader),
  check: (change, taken) => (taken && change.input['refuse'] ? [violation('TEST-1', 'refused')] : []),
});
const oddRule = defineRule<Input, boolean>({
  gather: async (reader) => isTakenRoom(reader),
  check: (_change, taken) => (taken ? [violation('TEST-2', 'odd')] : []),
});

/** A claim without a loser's form: it is taken or refused. */
const claim = defineCommand({
  ...nothing,
  name: 'test/claim',
  input: anyInput,
  permission: 'patients.register',
  nature: 'claim',
  writes: { patient: 'all', room: 'all' },
  rules: [refusingRule],
});
/** A record that a rule speaks against. */
const flagged = defineCommand({
  ...nothing,
  name: 'test/flagged',
  input: anyInput,
  permission: 'patients.view',
  nature: 'record',
  writes: { room: 'all' },
  rules: [oddRule],
});
const broken = defineCommand({
  ...nothing,
  name: 'test/broken',
  input: anyInput,
  permission: 'patients.view',
  nature: 'record',
  writes: { room: 'all' },
  gather: async () => {
    throw new TypeError('a defect of the law');
  },
});

const own: readonly CommandSpec[] = [book, bookBlindly, record, claim, flagged, broken];

export const testLaw: Law = {
  ...law,
  commands: { ...law.commands, ...Object.fromEntries(own.map((one) => [one.name, one])) },
};
