import { Dexie, type EntityTable } from 'dexie';
import { create } from 'zustand';
import type { z } from 'zod';

type Entry = { id: string; value: unknown };

/** The one IndexedDB of the app. It holds how a person likes their screen, and never anything of a patient. */
const database = new Dexie('layout') as Dexie & { entries: EntityTable<Entry, 'id'> };
database.version(1).stores({ entries: 'id' });

type LayoutState = { owner: string | null; values: Readonly<Record<string, unknown>> };
const useLayoutState = create<LayoutState>(() => ({ owner: null, values: {} }));

let wantedOwner: string | null = null;

/** Takes a person's layout from disk, unless another's is asked for meanwhile; before anybody signed in, `owner` is `station`. Without a disk the defaults hold. */
export async function loadLayout(owner: string): Promise<void> {
  wantedOwner = owner;
  let entries: Entry[] = [];
  try {
    entries = await database.entries.where('id').startsWith(`${owner}/`).toArray();
  } catch {
    entries = [];
  }
  // A slow disk answers for somebody who has left: what the next person sets would be kept as theirs.
  if (wantedOwner !== owner) return;
  const values = Object.fromEntries(entries.map((entry) => [entry.id.slice(owner.length + 1), entry.value]));
  useLayoutState.setState({ owner, values });
}

/** Sets one part of the present person's layout, here at once and on disk soon. */
export function setLayout(name: string, value: unknown): void {
  const { owner, values } = useLayoutState.getState();
  useLayoutState.setState({ values: { ...values, [name]: value } });
  // A layout that could not be kept is no reason to stop anybody's work.
  if (owner !== null) database.entries.put({ id: `${owner}/${name}`, value }).catch(() => undefined);
}

/**
 * One part of a person's layout (column order, folded panels, density), checked against its schema: what does not fit, an older
 * version's or a damaged one, is the fallback.
 */
export function useLayout<T>(name: string, schema: z.ZodType<T>, fallback: T): [T, (value: T) => void] {
  const stored = useLayoutState((state) => state.values[name]);
  const read = stored === undefined ? undefined : schema.safeParse(stored);
  return [read?.success ? read.data : fallback, (value) => setLayout(name, value)];
}
