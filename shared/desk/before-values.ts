/** Whether what a set says its author saw can have been seen: a `before` is a form that the document really had. */
import { sameJson } from '../kernel/canonical-json.ts';
import type { ChangeSet } from '../kernel/change-set.ts';
import { unitOf } from '../kernel/kind.ts';
import type { Decided } from './decide.ts';
import type { JudgePorts } from './judge.ts';

/** The first unit whose `before` no form of the document ever had; a screen may be old, but it cannot show what never was. */
export async function forgedBefore(
  set: Pick<ChangeSet, 'patches'>,
  decided: readonly Decided[],
  ports: Pick<JudgePorts, 'law' | 'formsOf'>,
): Promise<string | undefined> {
  for (const patch of set.patches) {
    const kind = ports.law.kinds[patch.kind];
    const doc = decided.find((one) => one.kind === patch.kind && one.id === patch.id);
    if (!kind || !doc) return `before ${patch.kind}`;
    const stale = Object.entries(patch.units).filter(
      ([unit, change]) => !sameJson(unitOf(kind, unit, doc.before), change.before),
    );
    if (stale.length === 0) continue;
    const forms = await ports.formsOf(patch.kind, patch.id);
    const never = stale.find(
      ([unit, change]) => !forms.some((form) => sameJson(unitOf(kind, unit, form), change.before)),
    );
    if (never) return `before ${patch.kind}.${never[0]}`;
  }
  return undefined;
}
