/**
 * What a command is. The law gives it a schema, a permission, the kinds it may write, the facts it needs, what it does, and
 * what must hold; the desk (`shared/desk`) carries it out, on a workstation and on the server alike.
 */
import type { z } from 'zod';
import type { Permission } from '../access/permissions.ts';
import type { Doc } from './kind.ts';
import type { Reader } from './reader.ts';
import type { Result } from './result.ts';
import type { Violation } from './violation.ts';

/** Who gives a command: a person with rights, or the station itself for what a device did. */
export type Author = { id: string; name: string; permissions: ReadonlySet<Permission>; automatic: boolean };

export type CommandContext = {
  nowUtc: string;
  author: Author;
  station: { id: string; code: string; locationId: string | null };
  reason: string | null;
  /** A new UUIDv7. */
  newId: () => string;
  /** The station's next number of a series, e.g. `K2-000123`; taken for good when the set is written. */
  nextNumber: (series: NumberSeries) => string;
};
export type NumberSeries = 'patient' | 'accession' | 'invoice' | 'receipt' | 'document';

/**
 * A document as the command leaves it; `null` removes it. `basis: 'desk'` marks bookkeeping that no person looks at before
 * it changes (a sent name form, an inferred status): its `before` is what the desk found, not what a screen showed.
 */
export type Draft = { kind: string; id: string; next: Doc | null; basis?: 'desk' };

/** What the rules look at, the same on both sides: the input, and each document before and after. */
export type Change<I> = {
  input: I;
  docs: ReadonlyArray<{ kind: string; id: string; before: Doc | null; after: Doc | null }>;
};

export type CommandSpec<I = unknown, F = unknown> = {
  name: string;
  input: z.ZodType<I>;
  permission: Permission;
  /** A claim on something shared may be refused; a record of what happened never is, for other people's facts. */
  nature: 'claim' | 'record';
  /** Kind → units it may write; a patch outside is refused on both sides. */
  writes: Record<string, readonly string[] | 'all'>;
  /** `patches`: its inverse is the inverse patches; otherwise why there is none. */
  undo: 'patches' | { none: string };
  /** A reason must be given. */
  needsReason?: boolean;
  gather: (reader: Reader, input: I, context: CommandContext) => Promise<F>;
  /** What the documents become; runs where the command is given. */
  decide: (input: I, facts: F, context: CommandContext) => Result<Draft[], Violation[]>;
  /** What must hold; runs where the command is given and again on the server, over that side's facts. */
  check?: (change: Change<I>, facts: F, context: CommandContext) => Violation[];
  /** For a new claim that lost on the server: the documents as they stand without what was claimed. */
  lose?: (change: Change<I>, violations: Violation[]) => Draft[];
};

/** Types a command, and forgets its types for the registry. */
export function defineCommand<I, F>(spec: CommandSpec<I, F>): CommandSpec {
  return spec as unknown as CommandSpec;
}
