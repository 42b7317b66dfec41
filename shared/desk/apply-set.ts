/** A whole set on the documents as they stand now: what it writes, what is in conflict, and what it brings back. */
import type { ChangeSet, Patch } from '../kernel/change-set.ts';
import type { Doc, KindSpec } from '../kernel/kind.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import { applyPatch } from './apply.ts';
import type { DocConflict, JudgePorts } from './judge.ts';
import type { Written } from './ports.ts';
import { referencesOf } from './references.ts';

export type AppliedSet = {
  /** What the patches make, each over the form that it was applied to. */
  patched: Written[];
  /** What becomes of the documents as they stand: those that came back with it, too. */
  written: Written[];
  conflicts: DocConflict[];
  flags: Violation[];
};

type ApplyPorts = Pick<JudgePorts, 'law' | 'reader' | 'lastForm'>;

/**
 * Applies every patch. An edit beats a delete: an edited document that was removed meanwhile comes back as it last stood, and so
 * does one that a new document points to (KERNEL-12, flagged).
 */
export async function applySet(set: Pick<ChangeSet, 'patches'>, ports: ApplyPorts): Promise<AppliedSet> {
  const result: AppliedSet = { patched: [], written: [], conflicts: [], flags: [] };
  for (const patch of set.patches) await applyOne(patch, ports, result);
  await bringBackReferenced(ports, result);
  return result;
}

async function applyOne(patch: Patch, ports: ApplyPorts, result: AppliedSet): Promise<void> {
  const kind = kindOf(ports, patch.kind);
  const before = (await ports.reader.get(patch.kind, patch.id)) ?? null;
  const last = before === null && patch.op === 'update' ? await broughtBack(ports, patch.kind, patch.id) : undefined;
  if (last) result.flags.push(violation('KERNEL-12', 'brought-back', { params: { kind: patch.kind } }));
  const doc = last ?? before;
  const applied = applyPatch(kind, doc, patch);
  const named = { kind: patch.kind, id: patch.id, after: applied.after };
  result.patched.push({ ...named, before: doc });
  result.written.push({ ...named, before });
  if (applied.conflicts.length > 0 && doc)
    result.conflicts.push({ kind: patch.kind, docId: patch.id, doc, units: applied.conflicts, violations: [] });
}

async function bringBackReferenced(ports: ApplyPorts, result: AppliedSet): Promise<void> {
  const known = new Set(result.written.map((doc) => `${doc.kind}/${doc.id}`));
  const made = result.written.filter((doc) => doc.before === null && doc.after !== null);
  const named = made.flatMap((doc) => (doc.after ? referencesOf(kindOf(ports, doc.kind), doc.after) : []));
  for (const { kind, id } of named) {
    if (known.has(`${kind}/${id}`) || (await ports.reader.get(kind, id))) continue;
    known.add(`${kind}/${id}`);
    const last = await broughtBack(ports, kind, id);
    if (!last) continue;
    result.written.push({ kind, id, before: null, after: last });
    result.flags.push(violation('KERNEL-12', 'brought-back', { params: { kind } }));
  }
}

/** A removed document as it comes back; undefined where it never stood here. */
async function broughtBack(ports: ApplyPorts, kind: string, id: string): Promise<Doc | undefined> {
  const last = await ports.lastForm(kind, id);
  return last && (kindOf(ports, kind).broughtBack?.(last) ?? last);
}

function kindOf(ports: ApplyPorts, name: string): KindSpec {
  const kind = ports.law.kinds[name];
  if (!kind) throw new Error(`no such kind: ${name}`);
  return kind;
}
