/** What an undo took back, for the person to read. */
import type { Undone } from '../../../shared/ipc/contract.ts';
import type { ChangeSet, Patch } from '../../../shared/kernel/change-set.ts';
import type { Doc } from '../../../shared/kernel/kind.ts';
import { displayName } from '../../../shared/people/names.ts';
import { patientSchema } from '../../../shared/people/schema.ts';

type Find = (kind: string, id: string) => Doc | undefined;

/** The command that a set undoes, and the name of the patient it was about: of whoever the first of its documents belongs to. */
export function undoneOf(set: Pick<ChangeSet, 'command' | 'patches'>, find: Find): Omit<Undone, 'redone'> {
  for (const patch of set.patches) {
    const doc = { ...removedDoc(patch), ...find(patch.kind, patch.id) };
    const patient = patch.kind === 'patient' ? doc : find('patient', String(doc['patientId']));
    const names = patientSchema.shape.names.safeParse(patient?.['names']);
    if (names.success) return { command: set.command, patient: displayName({ names: names.data }).written };
  }
  return { command: set.command, patient: null };
}

/** What the patch knows of a document that it took away: all its units. */
const removedDoc = (patch: Patch): Record<string, unknown> =>
  Object.assign({}, ...Object.values(patch.units).map(({ before }) => before));
