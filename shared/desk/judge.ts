/**
 * The second half of the desk: a set that a station made, judged as if the station were an attacker who knows the protocol
 * (`change-sets.md` §4). The decision is made again over what the station saw, by the station's own time, ids and numbers: what
 * the law does not make of it is forged. What is genuine is then judged over what stands now. The caller writes what the
 * verdict says, with set and answer, in one transaction.
 */
import type { ChangeSet } from '../kernel/change-set.ts';
import { LAW_VERSION, MAX_CHANGE_SET_BYTES } from '../kernel/change-set.ts';
import type { Author, CommandContext, CommandSpec, RuleContext } from '../kernel/command.ts';
import type { Doc } from '../kernel/kind.ts';
import type { Reader } from '../kernel/reader.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import type { UnitConflict } from './apply.ts';
import type { AppliedSet } from './apply-set.ts';
import { applySet } from './apply-set.ts';
import { forgedBefore } from './before-values.ts';
import { checkDeclared, checkDocuments, checkGiven, checkRules } from './check.ts';
import { decideOver } from './decide.ts';
import { judgeUndo } from './judge-undo.ts';
import { createOverlayReader } from './overlay-reader.ts';
import type { DeskPorts, Written } from './ports.ts';
import type { PrintedNumber, Replayed } from './replay.ts';
import { replay } from './replay.ts';

export type DocConflict = { kind: string; docId: string; doc: Doc; units: UnitConflict[]; violations: Violation[] };

export type Verdict =
  | {
      result: 'accepted' | 'merged';
      written: Written[];
      conflicts: DocConflict[];
      flags: Violation[];
      /** Numbers that the station gave out with it. */
      printed: readonly PrintedNumber[];
    }
  | { result: 'refused'; violations: Violation[] }
  /** `forged`: what in the set the law does not make of its input; never patient data. */
  | { result: 'held'; why: string; forged?: string };

export type JudgePorts = DeskPorts & {
  /** What the station saw when it decided: documents as of `seenThrough`, its own later sets over them. */
  seen: Reader;
  /** A set that the server took before, for undo: its answer, and whether a later set took it back. */
  readSet: (id: string) => Promise<{ set: ChangeSet; refused: boolean; undone: boolean } | undefined>;
  /** Every form that a document has had here; of early ones perhaps only what one set gave. */
  formsOf: (kind: string, id: string) => Promise<Doc[]>;
  /** The form that a document had last, whether it still stands or not. */
  lastForm: (kind: string, id: string) => Promise<Doc | undefined>;
  /** Whether one of these numbers stands on another set's document. */
  wasPrinted: (numbers: readonly PrintedNumber[]) => Promise<boolean>;
  /** Whether one of these ids is, or was, a document's of any kind. */
  isIdTaken: (ids: readonly string[]) => Promise<boolean>;
};

/** `rightsNow` are the author's today, `author.permissions` those at the set's `seenThrough`. */
export async function judge(
  set: ChangeSet,
  author: Author,
  rightsNow: ReadonlySet<string>,
  station: CommandContext['station'],
  ports: JudgePorts,
): Promise<Verdict> {
  if (set.lawVersion > LAW_VERSION) return { result: 'held', why: 'law-version' };
  if (JSON.stringify(set).length > MAX_CHANGE_SET_BYTES) return refused([violation('KERNEL-9', 'too-large')]);
  const spec = ports.law.commands[set.command];
  if (!spec) return refused([violation('KERNEL-1', 'unknown-command')]);
  const given = checkGiven(spec, set.reason, 'station');
  if (given.length > 0) return refused(given);
  const input = spec.input.safeParse(set.input);
  if (!input.success) return refused([violation('KERNEL-1', 'malformed-input')]);
  if (!author.permissions.has(spec.permission)) return refused([violation('ACCESS-1', 'not-permitted')]);
  const flags: Violation[] = [];
  if (!rightsNow.has(spec.permission)) {
    if (spec.nature === 'claim' || set.undoes) return refused([violation('ACCESS-2', 'right-taken-away')]);
    flags.push(violation('ACCESS-2', 'right-taken-away'));
  }
  const context = { nowUtc: set.atUtc, author, station, reason: set.reason, lawVersion: set.lawVersion };
  if (set.undoes) return judgeUndo(set, set.undoes, context, ports);
  return judgeGiven({ set, spec, input: input.data, context, flags }, ports);
}

type Case = { set: ChangeSet; spec: CommandSpec; input: unknown; context: RuleContext; flags: Violation[] };

async function judgeGiven(given: Case, ports: JudgePorts): Promise<Verdict> {
  const { set, spec, input, context } = given;
  const again = await replaySeen(given, ports);
  if (!again.same) return forged(again.why);
  const broken = await checkSeen(given, again, ports);
  if (broken) return forged(broken);

  const applied = await applySet(set, ports);
  const { patched, conflicts } = applied;
  const flags = [...given.flags, ...applied.flags];
  // Which kinds and units it may write was asked of the decision; a document that comes back is written whole.
  const refusedDocs = checkDocuments(ports.law, patched, set.authorId, 'station');
  if (refusedDocs.length > 0) return refused(refusedDocs);
  if (conflicts.length > 0 && spec.nature === 'claim') return refused([violation('KERNEL-8', 'changed-meanwhile')]);
  const written = [...applied.written, ...(await consequences(given, applied.written, ports))];
  const change = { input, docs: written, isUndo: false };
  const against = await checkRules(spec, change, withRestored(applied, ports), context);
  const result = conflicts.length > 0 ? 'merged' : 'accepted';
  const { printed } = again;
  if (against.length === 0) return { result, written, conflicts, flags, printed };
  if (spec.nature === 'record') return { result, written, conflicts, flags: [...flags, ...against], printed };
  const lost = spec.lose?.(change, against);
  if (!lost) return refused(against);
  return { ...loseClaim(written, lost, against), flags, printed };
}

/** What stands now, and with it the documents that the set brings back: a booking's patient is there again. */
function withRestored({ patched, written }: AppliedSet, ports: JudgePorts): Reader {
  const own = new Set(patched.map((doc) => doc.id));
  const restored = written.filter((doc) => !own.has(doc.id));
  if (restored.length === 0) return ports.reader;
  return createOverlayReader(
    ports.law,
    ports.reader,
    async (kind) => new Map(restored.filter((doc) => doc.kind === kind).map((doc) => [doc.id, doc.after])),
  );
}

type Genuine = Extract<Replayed, { same: true }> & { reader: Reader };

/**
 * The decision again over what the station saw; failing that, over what stands now. What a station saw is reckoned from its
 * cursor of the core scope, and another of its scopes may have been ahead.
 */
async function replaySeen(given: Case, ports: JudgePorts): Promise<Genuine | Extract<Replayed, { same: false }>> {
  const { set, spec, input, context } = given;
  const what = { law: ports.law, spec, input, set, context };
  const seen = await replay(what, ports.seen);
  if (seen.same) return { ...seen, reader: ports.seen };
  const now = await replay(what, ports.reader);
  return now.same ? { ...now, reader: ports.reader } : seen;
}

/** What the station's own desk had to refuse, or a `before` that nobody can have seen; undefined where all is well. */
async function checkSeen(
  { set, spec, input, context }: Case,
  again: Genuine,
  ports: JudgePorts,
): Promise<string | undefined> {
  if (await ports.wasPrinted(again.printed)) return 'number-used';
  if (await ports.isIdTaken([...again.mintedIds])) return 'id-used';
  const docs = again.decided.map(({ kind, id, before, after }) => ({ kind, id, before, after }));
  const broken = [
    ...checkDeclared(ports.law, spec, docs),
    ...checkDocuments(ports.law, docs, set.authorId, 'station'),
    ...(await checkRules(spec, { input, docs, isUndo: false }, again.reader, context)),
  ];
  if (broken[0]) return `against ${broken[0].law} ${broken[0].code}`;
  return forgedBefore(set, again.decided, ports);
}

/**
 * Bookkeeping that follows from the command over what stands now, on documents that the station did not hold: a booking that is
 * cancelled takes the order with it that another station made meanwhile.
 */
async function consequences(
  { spec, input, context }: Case,
  patched: readonly Written[],
  ports: JudgePorts,
): Promise<Written[]> {
  // Only documents that exist are changed here: what this decision would make anew is not used.
  const fresh: CommandContext = { ...context, newId: ports.newId, nextNumber: () => 'not used' };
  const now = await decideOver(ports.law, spec, input, ports.reader, fresh);
  if (!now.ok) return [];
  const known = new Set(patched.map((doc) => `${doc.kind}/${doc.id}`));
  return now.value
    .filter((doc) => doc.basis === 'desk' && doc.before !== null && !known.has(`${doc.kind}/${doc.id}`))
    .map(({ kind, id, before, after }) => ({ kind, id, before, after }));
}

/** A new claim that lost: stored without what it claimed, and one conflict that a person solves. */
function loseClaim(
  written: Written[],
  lost: Array<{ kind: string; id: string; next: Doc | null }>,
  against: Violation[],
): { result: 'merged'; written: Written[]; conflicts: DocConflict[] } {
  const conflicts: DocConflict[] = [];
  const result = written.map((doc) => {
    const draft = lost.find((one) => one.kind === doc.kind && one.id === doc.id);
    if (!draft) return doc;
    if (draft.next) conflicts.push({ kind: doc.kind, docId: doc.id, doc: draft.next, units: [], violations: against });
    return { ...doc, after: draft.next };
  });
  return { result: 'merged', written: result, conflicts };
}

const refused = (violations: Violation[]): Verdict => ({ result: 'refused', violations });
const forged = (why: string): Verdict => ({ result: 'held', why: 'not-what-the-law-makes', forged: why });
