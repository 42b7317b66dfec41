/** The law as a server would have it that believes what a station sends: whatever stands in a set is what it decides. */
import { overlayPatch } from '../../shared/desk/apply.ts';
import type { Law } from '../../shared/desk/ports.ts';
import type { ChangeSet } from '../../shared/kernel/change-set.ts';
import { ok } from '../../shared/kernel/result.ts';
import { law } from '../../shared/law.ts';

/** `believe` is told the set that is judged next. */
export type GullibleLaw = Law & { believe: (set: ChangeSet) => void };

export function gullibleLaw(): GullibleLaw {
  let believed: ChangeSet | undefined;
  const commands = Object.fromEntries(
    Object.entries(law.commands).map(([name, spec]) => [
      name,
      {
        ...spec,
        rules: { none: 'believed' },
        gather: async (reader: Parameters<typeof spec.gather>[0]) =>
          Promise.all((believed?.patches ?? []).map(async (patch) => reader.get(patch.kind, patch.id))),
        decide: (_input: unknown, stored: unknown, context: Parameters<typeof spec.decide>[2]) => {
          for (const _ of believed?.minted?.ids ?? []) context.newId();
          for (const _ of believed?.minted?.numbers ?? []) context.nextNumber('document');
          const forms = stored as Array<{ id: string } | undefined>;
          return ok(
            (believed?.patches ?? []).flatMap((patch, at) => {
              const kind = law.kinds[patch.kind];
              const next = kind && overlayPatch(kind, forms[at] ?? null, patch);
              return next === undefined ? [] : [{ kind: patch.kind, id: patch.id, next }];
            }),
          );
        },
      },
    ]),
  );
  return { ...law, commands, believe: (set) => (believed = set) };
}
