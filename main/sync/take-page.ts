import { kinds } from '../../shared/collections.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { upgradeDoc } from '../../shared/kernel/upgrade.ts';
import type { PulledChange } from '../../shared/sync/protocol.ts';
import type { Cabinet } from '../cabinet/cabinet.ts';
import type { CabinetWrite } from '../cabinet/stored-form.ts';
import type { Base, BaseDoc } from '../cabinet/base.ts';
import { replay } from '../cabinet/base.ts';
import type { SetLog } from '../cabinet/set-log.ts';
import type { CursorHistory } from './cursor-history.ts';
import type { PullGroup, ScopeTable } from './scope-table.ts';

export type StoreParts = { cabinet: Cabinet; base: Base; log: SetLog; scopes: ScopeTable; history: CursorHistory };
export type Page = {
  changes: readonly PulledChange[];
  cursor: { number: number; hash: string };
  more: boolean;
  after: string | null;
};

/**
 * Takes one pulled page: documents, bases, settled sets and cursor in one transaction. An older number never overwrites a
 * newer one; what pending sets rest on shows base ⊕ pending; a set whose number has been brought by every followed scope
 * rests no more. Returns the ids of the sets that settled.
 */
export function takePage(
  { cabinet, base, log, scopes, history }: StoreParts,
  group: PullGroup,
  page: Page,
  isLoad: boolean,
): string[] {
  const incoming = new Map<string, CabinetWrite>();
  const newBases = new Map<string, { kind: string; id: string; base: BaseDoc }>();
  for (const change of page.changes) {
    if (!kinds[change.kind]) continue; // of a later law: this station upgrades first
    const key = `${change.kind}/${change.id}`;
    const under = newBases.get(key)?.base ?? base.get(change.kind, change.id);
    const knownNumber =
      under?.number ?? incoming.get(key)?.number ?? cabinet.getHeld(change.kind, change.id)?.number ?? 0;
    if (change.number < knownNumber || (change.op === 'left' && change.number === knownNumber)) continue;
    const stands = (change.op === 'entered' || change.op === 'changed') && change.doc !== null;
    // The server may carry an earlier law than this station.
    const doc = stands ? upgradeDoc(kinds, change.kind, change.doc as Doc) : null;
    if (under && change.op === 'left') continue; // pinned by a pending set
    if (under) newBases.set(key, { kind: change.kind, id: change.id, base: { doc, number: change.number } });
    else incoming.set(key, { kind: change.kind, id: change.id, doc, number: change.number });
  }
  let settled: string[] = [];
  const own = (): void => {
    for (const one of newBases.values()) base.put(one.kind, one.id, one.base);
    scopes.advance(group.scopes, page.cursor, page.more ? page.after : null, isLoad && page.more ? 'loading' : 'held');
    history.note(page.cursor);
    if (group.scopes.includes('core') && !(isLoad && page.more))
      cabinet.meta.set('core-number', String(page.cursor.number));
  };
  cabinet.write(
    [...incoming.values()].filter((one) => one.doc !== null || cabinet.getHeld(one.kind, one.id)),
    'pull',
    own,
  );
  settled = settle({ cabinet, base, log, scopes, history }, new Set(newBases.keys()));
  return settled;
}

/**
 * Lets sets rest that every followed scope has brought, and writes what their documents show without them. A second
 * transaction after the page's: should the station die between the two, the next page does it.
 */
export function settle({ cabinet, base, log, scopes }: StoreParts, touched: ReadonlySet<string>): string[] {
  const through = scopes.through();
  const openBefore = log.open();
  const resting = openBefore.filter(
    (row) => row.answer && row.answer.result !== 'held' && row.number !== null && row.number <= through,
  );
  if (resting.length === 0 && touched.size === 0) return [];
  const stillOpen = openBefore.filter((row) => !resting.includes(row));
  const remaining = replay(cabinet, base, { open: () => stillOpen } as SetLog);
  const kept = new Set(remaining.map((one) => `${one.kind}/${one.id}`));
  const freed = base.all().filter((one) => !kept.has(`${one.kind}/${one.id}`));
  const writes: CabinetWrite[] = [
    ...remaining.filter((one) => touched.has(`${one.kind}/${one.id}`) || resting.length > 0),
    ...freed.map((one) => {
      const from = base.get(one.kind, one.id);
      return { ...one, doc: from?.doc ?? null, number: from?.number ?? 0 };
    }),
  ].filter((one) => one.doc !== null || cabinet.getHeld(one.kind, one.id));
  let settled: string[] = [];
  cabinet.write(writes, 'settle', () => {
    for (const one of freed) base.drop(one.kind, one.id);
    if (resting.length > 0) settled = log.settleThrough(through);
  });
  return settled;
}

/** Leaves scopes that are no longer followed: documents that no followed scope holds go, with their keys; pinned ones stay. */
export function leaveScopes({ cabinet, base, scopes }: StoreParts, leaving: readonly string[]): void {
  const followed = new Set(scopes.all().map((row) => row.scope));
  for (const scope of leaving) followed.delete(scope);
  const gone = leaving
    .flatMap((scope) => cabinet.idsInScope(scope))
    .filter(({ kind, id }) => {
      const doc = cabinet.getHeld(kind, id)?.doc;
      const spec = kinds[kind];
      return doc && spec && !base.get(kind, id) && !spec.scopes(doc).some((scope) => followed.has(scope));
    });
  const unique = new Map(gone.map((one) => [`${one.kind}/${one.id}`, { ...one, doc: null, number: 0 }]));
  cabinet.write([...unique.values()], 'leave', () => {
    for (const scope of leaving) scopes.remove(scope);
  });
}
