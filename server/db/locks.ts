import type { ChangeSet } from '../../shared/kernel/change-set.ts';
import type { Law } from '../../shared/desk/ports.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import type { Reader } from '../../shared/kernel/reader.ts';
import { resourcesOf } from './bookings.ts';
import type { Db, Queryable } from './db.ts';

/**
 * What a set must hold alone while it is judged: each document that it patches, what its kind says is judged with it, and each
 * resource and patient that its appointments name, before and after (design §5: nobody is in two places). Taken before any
 * fact is read, in one order, so that two sets wait rather than lose a write.
 */
export async function lockKeysOf(
  law: Pick<Law, 'kinds'>,
  set: Pick<ChangeSet, 'patches'>,
  reader: Reader,
): Promise<string[]> {
  const keys = new Set<string>();
  for (const patch of set.patches) {
    keys.add(`${patch.kind}/${patch.id}`);
    const made = Object.assign({ id: patch.id }, ...Object.values(patch.units).map((unit) => unit.after)) as Doc;
    for (const key of law.kinds[patch.kind]?.locks?.(made) ?? []) keys.add(key);
  }
  const appointments = set.patches.filter((patch) => patch.kind === 'appointment');
  const befores = await Promise.all(appointments.map(async (patch) => reader.get(patch.kind, patch.id)));
  for (const [at, patch] of appointments.entries()) {
    const shapes = [befores[at] ?? null, ...Object.values(patch.units).map((unit) => unit.after as Doc | null)];
    for (const resource of shapes.flatMap(resourcesOf)) keys.add(`resource/${resource.resourceId}`);
    for (const shape of shapes)
      if (typeof shape?.['patientId'] === 'string') keys.add(`resource/${shape['patientId']}`);
  }
  return [...keys].toSorted();
}

/** Waits for these keys until the transaction ends. On PGlite transactions run one after another: nothing to wait for. */
export async function takeLocks(
  tx: Queryable,
  engine: Db['engine'],
  organizationId: string,
  keys: readonly string[],
): Promise<void> {
  if (engine === 'pglite' || keys.length === 0) return;
  await tx.query(
    `select pg_advisory_xact_lock(hash) from (
       select distinct hashtextextended($1 || '/' || key, 0) as hash from unnest($2::text[]) as key order by 1) as ordered`,
    [organizationId, keys],
  );
}
