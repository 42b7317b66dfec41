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
  /** Of the law that the set is made by: what an older station decided is decided again as it did. */
  lawVersion: number;
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

/** A document before and after; `null`: not there. */
export type ChangedDoc = { kind: string; id: string; before: Doc | null; after: Doc | null };

/** What a rule looks at, the same wherever it is asked: the input, and each document before and after. */
export type Change<I = unknown> = {
  input: I;
  docs: readonly ChangedDoc[];
  /** The set takes back an earlier one: `input` is that one's, `docs` lead back to what stood before it. */
  isUndo: boolean;
};

/** The documents of one kind in a change. */
export function changesOf<T extends Doc>(
  change: Pick<Change, 'docs'>,
  kind: string,
): Array<{ id: string; before: T | null; after: T | null }> {
  return change.docs.filter((doc) => doc.kind === kind) as unknown as Array<{
    id: string;
    before: T | null;
    after: T | null;
  }>;
}

/** What a rule may know of who gave the command, where and when. */
export type RuleContext = Omit<CommandContext, 'newId' | 'nextNumber'>;

/**
 * One thing that must hold of a command's result. It is asked where the command is given, where the server judges the set
 * (over what the station saw, and over what stands now) and where it is undone; so it gathers its facts from the result.
 */
export type Rule<I = unknown, F = unknown> = {
  gather: (reader: Reader, change: Change<I>, context: RuleContext) => Promise<F>;
  check: (change: Change<I>, facts: F, context: RuleContext) => Violation[];
};

/** Types a rule, and forgets its types for the command's list. */
export function defineRule<I, F>(rule: Rule<I, F>): Rule {
  return rule as unknown as Rule;
}

export type CommandSpec<I = unknown, F = unknown> = {
  name: string;
  input: z.ZodType<I>;
  permission: Permission;
  /** Only the server gives it: a set of a station that names it is refused. */
  serverOnly?: true;
  /** A claim on something shared may be refused; a record of what happened never is, for other people's facts. */
  nature: 'claim' | 'record';
  /** Kind → units it may write; a patch outside is refused on both sides. */
  writes: Record<string, readonly string[] | 'all'>;
  /** `patches`: its inverse is the inverse patches; otherwise why there is none. */
  undo: 'patches' | { none: string };
  /** A reason must be given. */
  needsReason?: boolean;
  /** The person shows again that it is they (PIN or password), where their last proof is older than the organization's setting. */
  needsProof?: 'always' | 'with-reason';
  /**
   * Puts into the input which documents were found where the command is given, if the decision turns on documents that a
   * station may lack: the server then decides by the same ones.
   */
  find?: (reader: Reader, input: I) => Promise<I>;
  /** What `decide` builds from. */
  gather: (reader: Reader, input: I, context: CommandContext) => Promise<F>;
  /**
   * What the documents become. It builds, and fails only where there is nothing to build on (no such document): what must
   * hold of the result is said by the rules. The server runs it again over what the station saw, so its result follows
   * from input, facts and context alone.
   */
  decide: (input: I, facts: F, context: CommandContext) => Result<Draft[], Violation[]>;
  /** What must hold of the result, or why nothing need. */
  rules: readonly Rule[] | { none: string };
  /** For a new claim that lost on the server: the documents as they stand without what was claimed. */
  lose?: (change: Change<I>, violations: Violation[]) => Draft[];
};

/** Types a command, and forgets its types for the registry. */
export function defineCommand<I, F>(spec: CommandSpec<I, F>): CommandSpec {
  return spec as unknown as CommandSpec;
}
