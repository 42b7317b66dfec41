import type Database from 'better-sqlite3-multiple-ciphers';
import { kinds } from '../../shared/collections.ts';
import type { Doc, KindSpec } from '../../shared/kernel/kind.ts';
import { keysFingerprint } from '../../shared/kernel/kind.ts';
import type { FindOptions, Holding, KeyRange, Reader } from '../../shared/kernel/reader.ts';
import { createSqliteRxStorage } from './rx-storage/storage.ts';
import type { TurnSet } from './rx-storage/write-together.ts';
import { createPatientIndex } from './patient-index.ts';
import { openCollections } from './collections.ts';
import { createLookup } from './lookup.ts';
import { createMeta, prepareOwnTables } from './own-tables.ts';
import type { CabinetWrite, Held, StoredForm } from './stored-form.ts';
import { keyOf, kindOfRow, rowOf } from './stored-form.ts';
import { createQuestions } from './questions.ts';
import type { Questions } from './questions.ts';
import { upgradeStore } from './upgrade-store.ts';

export type CommittedListener = (touched: ReadonlySet<string>, context: string) => void;

export type Cabinet = {
  db: Database.Database;
  meta: ReturnType<typeof createMeta>;
  reader: Reader;
  questions: Questions;
  search: ReturnType<typeof createPatientIndex>['find'];
  getHeld: (kind: string, id: string) => Held | undefined;
  idsInScope: (scope: string) => Array<{ kind: string; id: string }>;
  allIds: (kind: string) => string[];
  /** All of it in one transaction with what `also` writes to our own tables, or nothing; wakes views after the commit. */
  write: (writes: readonly CabinetWrite[], context: string, also?: () => void) => void;
  onCommitted: (listener: CommittedListener) => void;
  close: () => Promise<void>;
};

/** Which keys the table of look-ups was filled with, in `meta`. */
const KEYS_NAME = 'lookup-keys';

/** Opens the cabinet on an open encrypted file: RxDB for documents, our own tables beside them; brings an older file up to this program. */
export async function openCabinet(
  db: Database.Database,
  registry: Readonly<Record<string, KindSpec>> = kinds,
): Promise<Cabinet> {
  const specOf = (kind: string): KindSpec => {
    const spec = registry[kind];
    if (!spec) throw new Error(`no such kind: ${kind}`);
    return spec;
  };
  prepareOwnTables(db);
  const storage = createSqliteRxStorage(db);
  const collections = await openCollections(storage, registry);
  const instanceOf = (spec: KindSpec) => collections.instanceOf(spec.collection);
  const meta = createMeta(db);
  const lookup = createLookup(db);
  const patients = createPatientIndex(db);
  const scopeState = db.prepare('select state from scopes where scope = ?').pluck();

  const getHeld = (kind: string, id: string): Held | undefined => {
    const spec = registry[kind];
    if (!spec) return undefined;
    const stored = instanceOf(spec).getNow(keyOf(kind, id)) as (StoredForm & { _deleted: boolean }) | undefined;
    return stored && !stored._deleted ? { doc: stored.body, number: stored.number } : undefined;
  };
  const getAll = (kind: string, ids: readonly string[]): Doc[] =>
    ids.map((id) => getHeld(kind, id)?.doc).filter((doc) => doc !== undefined);

  const reader: Reader = {
    get: <T extends Doc>(kind: string, id: string) => getHeld(kind, id)?.doc as T | undefined,
    find: <T extends Doc>(kind: string, key: string, range: KeyRange, options?: FindOptions) =>
      getAll(kind, lookup.find(kind, key, range, options)) as T[],
    count: (kind, key, range) => lookup.count(kind, key, range),
    holds: (scope): Holding => {
      const state = scopeState.get(scope);
      return state === 'held' ? 'held' : state === 'loading' ? 'loading' : 'no';
    },
  };

  try {
    upgradeStore({ db, storage, collections, registry, lookup, putPatient: patients.put, getHeld });
    const fingerprint = keysFingerprint(registry);
    if (meta.get(KEYS_NAME) !== fingerprint)
      db.transaction(() => {
        for (const spec of Object.values(registry))
          for (const id of lookup.allIds(spec.kind)) lookup.put(spec, id, getHeld(spec.kind, id)?.doc ?? null);
        meta.set(KEYS_NAME, fingerprint);
      })();
    if (patients.needsRebuild) {
      const all = getAll('patient', lookup.allIds('patient'));
      db.transaction(() => patients.rebuild(all))();
    }
  } catch (error) {
    await collections.rx.close();
    throw error;
  }

  const write: Cabinet['write'] = (writes, context, also) => {
    const rows = Map.groupBy(writes, (one) => instanceOf(specOf(one.kind)));
    const sets: TurnSet[] = [...rows].map(([instance, list]) => ({ instance, rows: list.map(rowOf) }));
    storage.writeTogether(
      sets,
      () => {
        for (const one of writes) {
          lookup.put(specOf(one.kind), one.id, one.doc);
          if (one.kind === 'patient') patients.put(one.id, one.doc);
        }
        also?.();
      },
      context,
    );
  };

  return {
    db,
    meta,
    reader,
    questions: createQuestions(collections, registry),
    search: patients.find,
    getHeld,
    idsInScope: lookup.idsInScope,
    allIds: lookup.allIds,
    write,
    onCommitted: (listener) => {
      storage.committed$.subscribe(({ context, sets }) => {
        const touched = new Set<string>();
        for (const { rows } of sets) for (const row of rows) touched.add(kindOfRow(row));
        listener(touched, context);
      });
    },
    close: async () => {
      await collections.rx.close();
      db.close();
    },
  };
}
