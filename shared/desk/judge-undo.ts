/** An undo on the server: a claim, whatever it takes back, judged over what stands now. */
import type { ChangeSet } from '../kernel/change-set.ts';
import type { RuleContext } from '../kernel/command.ts';
import { violation } from '../kernel/violation.ts';
import { applySet } from './apply-set.ts';
import type { JudgePorts, Verdict } from './judge.ts';
import { checkUndo, checkUndone } from './undo.ts';

const nothing: Verdict = { result: 'accepted', written: [], conflicts: [], flags: [], printed: [] };

/** Closed silently where what it takes back was refused or taken back before; held where that has not come yet. */
export async function judgeUndo(
  set: ChangeSet,
  undoneId: string,
  context: RuleContext,
  ports: JudgePorts,
): Promise<Verdict> {
  const undone = await ports.readSet(undoneId);
  if (!undone) return { result: 'held', why: 'undoes-unknown' };
  const [against] = checkUndo(ports.law, set, undone.set, await ports.law.undoWithinMin(ports.reader));
  if (against?.law === 'UNDO-1' || against?.law === 'UNDO-3')
    return { result: 'held', why: 'not-what-the-law-makes', forged: `${against.law} ${against.code}` };
  if (against) return { result: 'refused', violations: [against] };
  if (undone.refused || undone.undone) return nothing;
  const { written, conflicts, flags } = await applySet(set, ports);
  // An undo brings nothing back that somebody removed meanwhile.
  if (conflicts.length > 0 || flags.length > 0)
    return { result: 'refused', violations: [violation('UNDO-4', 'changed-meanwhile')] };
  const broken = await checkUndone(undone.set, written, context, { ...ports, side: 'station' });
  if (broken.length > 0) return { result: 'refused', violations: broken };
  return { result: 'accepted', written, conflicts: [], flags: [], printed: [] };
}
