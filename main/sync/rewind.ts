import { kinds } from '../../shared/collections.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import type { Cursor } from '../../shared/kernel/change-set.ts';
import type { CabinetWrite } from '../cabinet/stored-form.ts';
import type { SetRow } from '../cabinet/set-log.ts';
import type { StoreParts } from './take-page.ts';

/**
 * What only the server makes: stations that it enrolled, and what it files when it judges a set. Judging the set again files it
 * anew, so an old one is only in the way.
 */
const isServersOwn = (kind: string, doc: Doc | undefined): boolean =>
  ['conflict', 'refusal'].includes(kind) ||
  kinds[kind]?.merge === 'serverOnly' ||
  (kind === 'task' && ['flagged-record', 'quarantined-station'].includes(String(doc?.['reason'])));

/**
 * The server was put back to an older copy: this station goes back with it to the last number in common, and offers again what
 * the server lost (`change-sets.md` §5). One turn. Documents that changed after that number stay as they are shown, count as
 * unknown to the server and are asked for anew, by loading the scopes that they lie in; all other scopes go on from the number
 * in common. `serverSeq`: highest set of this station that the server has.
 */
export function rewind(parts: StoreParts, common: Cursor, serverSeq: number): { sets: number; documents: number } {
  const { cabinet, base, log, scopes, history } = parts;
  const ahead = documentsAfter(parts, common.number);
  const offered = log.offerAgain(serverSeq);
  const reload = new Set(ahead.flatMap((one) => kinds[one.kind]?.scopes(one.doc ?? { id: one.id }) ?? []));
  const note = cabinet.db.prepare('insert into ahead(kind, id) values(?, ?) on conflict do nothing');
  cabinet.write(
    ahead.map((one) => ({ ...one, number: 0 })),
    'rewind',
    () => {
      for (const { kind, id } of ahead) note.run(kind, id);
      for (const [key, wasMade] of patchedBy(offered)) {
        const [kind = '', id = ''] = key.split('/');
        const held = cabinet.getHeld(kind, id);
        base.put(kind, id, { doc: wasMade ? null : (held?.doc ?? null), number: 0 });
      }
      for (const row of scopes.all()) {
        if (reload.has(row.scope) || (common.number === 0 && row.number > 0)) scopes.begin(row.scope);
        else if (row.state === 'held' && row.number > common.number) scopes.advance([row.scope], common, null, 'held');
        else if (row.number > common.number) scopes.begin(row.scope);
      }
      history.dropAfter(common.number);
      const coreNumber = Number(cabinet.meta.get('core-number') ?? 0);
      cabinet.meta.set('core-number', String(Math.min(coreNumber, common.number)));
      // Reads and files that went after the copy was made are gone there too; what it has it takes once only.
      cabinet.db.prepare('update reads set sent = 0').run();
      cabinet.db.prepare('update files set at_server = 0').run();
    },
  );
  return { sets: offered.length, documents: ahead.length };
}

function documentsAfter({ cabinet, base }: StoreParts, number: number): CabinetWrite[] {
  return Object.keys(kinds).flatMap((kind) =>
    cabinet.allIds(kind).flatMap((id): CabinetWrite[] => {
      const held = cabinet.getHeld(kind, id);
      const known = base.get(kind, id)?.number ?? held?.number ?? 0;
      return held && known > number ? [{ kind, id, doc: held.doc, number: held.number }] : [];
    }),
  );
}

/** The documents that these sets touch, and whether the first of them made it. */
function patchedBy(rows: readonly SetRow[]): Map<string, boolean> {
  const made = new Map<string, boolean>();
  for (const { set } of rows)
    for (const patch of set.patches) {
      const key = `${patch.kind}/${patch.id}`;
      if (!made.has(key)) made.set(key, patch.op === 'create');
    }
  return made;
}

/**
 * After a rewind, once everything is loaded: documents that the server has told of are like all others again; what only it can
 * make and did not make again goes. The rest stays, and is counted: known here, and not (yet) to the server.
 */
export function settleRewind({ cabinet, base, scopes }: StoreParts): number {
  const rows = cabinet.db.prepare('select kind, id from ahead').all() as Array<{ kind: string; id: string }>;
  if (rows.length === 0 || scopes.all().some((row) => row.state === 'loading')) return rows.length;
  const isAhead = ({ kind, id }: { kind: string; id: string }): boolean => {
    const held = cabinet.getHeld(kind, id);
    return held !== undefined && held.number === 0 && !base.get(kind, id)?.number;
  };
  const left = rows.filter(isAhead);
  const over = left.filter(
    (one) => isServersOwn(one.kind, cabinet.getHeld(one.kind, one.id)?.doc) && !base.get(one.kind, one.id),
  );
  const known = rows.filter((one) => !left.includes(one) || over.includes(one));
  if (known.length === 0) return left.length;
  const drop = cabinet.db.prepare('delete from ahead where kind = ? and id = ?');
  cabinet.write(
    over.map((one) => ({ ...one, doc: null, number: 0 })),
    'rewind',
    () => {
      for (const { kind, id } of known) drop.run(kind, id);
    },
  );
  return left.length - over.length;
}
