/** The real kinds, and a few plain commands whose outcome a test can foresee. */
import { z } from 'zod';
import { kinds } from '../../shared/collections.ts';
import { commands } from '../../shared/commands.ts';
import type { Law } from '../../shared/desk/ports.ts';
import type { CommandSpec } from '../../shared/kernel/command.ts';
import { defineCommand } from '../../shared/kernel/command.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { ok } from '../../shared/kernel/result.ts';
import { violation } from '../../shared/kernel/violation.ts';

const anyInput = z.record(z.string(), z.json());
const nothing = { undo: 'patches', gather: async () => null, decide: () => ok([]) } as const;

/** A claim on the resources of an appointment; who comes second is stored unplaced. */
const book = defineCommand<unknown, Doc[]>({
  ...nothing,
  name: 'test/book',
  input: anyInput,
  permission: 'appointments.book',
  nature: 'claim',
  writes: { appointment: 'all' },
  gather: (reader, input) => {
    const { resourceId } = input as { resourceId: string };
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
  lose: (change) =>
    change.docs.map((doc) => ({
      kind: doc.kind,
      id: doc.id,
      next: doc.after && { ...doc.after, placement: 'unplaced' },
    })),
});

/** The same claim with a law that has forgotten its rule: only the database stands against a double booking. */
const bookBlindly = defineCommand({
  ...book,
  name: 'test/book-blindly',
  gather: async () => null,
  check: () => [],
});

/** A record of something that happened. */
const record = defineCommand({
  ...nothing,
  name: 'test/record',
  input: anyInput,
  permission: 'patients.view',
  nature: 'record',
  writes: { patient: 'all', note: 'all', room: 'all', user: 'all', instance: 'all' },
});
/** A claim without a loser's form: it is taken or refused. */
const claim = defineCommand({
  ...nothing,
  name: 'test/claim',
  input: anyInput,
  permission: 'patients.register',
  nature: 'claim',
  writes: { patient: 'all', room: 'all' },
  check: (change) => ((change.input as { refuse?: boolean }).refuse ? [violation('TEST-1', 'refused')] : []),
});
/** A record that a rule speaks against. */
const flagged = defineCommand({
  ...nothing,
  name: 'test/flagged',
  input: anyInput,
  permission: 'patients.view',
  nature: 'record',
  writes: { room: 'all' },
  check: () => [violation('TEST-2', 'odd')],
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
  kinds,
  commands: { ...commands, ...Object.fromEntries(own.map((one) => [one.name, one])) },
};
