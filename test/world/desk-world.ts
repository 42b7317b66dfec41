/** The desk over documents in memory, on both sides: `give` a command at a station, `judge` its set as the server would. */
import { law } from '../../shared/law.ts';
import { sameJson } from '../../shared/kernel/canonical-json.ts';
import { createOverlayReader } from '../../shared/desk/overlay-reader.ts';
import { judge } from '../../shared/desk/judge.ts';
import type { Verdict } from '../../shared/desk/judge.ts';
import type { Proposal } from '../../shared/desk/propose.ts';
import { propose } from '../../shared/desk/propose.ts';
import type { ChangeSet } from '../../shared/kernel/change-set.ts';
import type { Author } from '../../shared/kernel/command.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import type { Result } from '../../shared/kernel/result.ts';
import type { Violation } from '../../shared/kernel/violation.ts';
import { permissionsOf } from '../../shared/access/permissions.ts';
import type { Role } from '../../shared/access/permissions.ts';
import { createMemoryReader } from './memory-reader.ts';

export function authorOf(id: string, ...roles: Role[]): Author {
  return { id, name: 'someone', permissions: permissionsOf(roles), automatic: false };
}

export function createDeskWorld(docs: Record<string, readonly Doc[]>, nowUtc: string, locationId: string) {
  const reader = createMemoryReader(docs);
  let ids = 0;
  let numbers = 0;
  /** What the station saw when the last command was given. */
  let seen = reader;
  const newId = (): string => `01999999-0000-7000-8000-${(++ids).toString(16).padStart(12, '0')}`;
  const station = { id: '01999998-0000-7000-8000-000000000001', code: 'K2', locationId };
  const ports = { law, reader, nowUtc: () => nowUtc, newId };
  type Options = { reason?: string; seen?: Record<string, Doc>; side?: 'server' };

  const give = (
    author: Author,
    name: string,
    input: Record<string, unknown>,
    options: Options = {},
  ): Promise<Result<Proposal, Violation[]>> => {
    seen = reader.snapshot();
    const call = { name, input, author, seen: options.seen ?? {}, reason: options.reason ?? null };
    const nextNumber = (): string => `K2-${String(++numbers).padStart(6, '0')}`;
    return propose(call, { ...ports, side: options.side ?? 'station' }, { station, nextNumber });
  };

  const isWritten = ({ written }: Proposal): boolean =>
    written.every((doc) => sameJson(reader.get(doc.kind, doc.id), doc.after));

  return {
    reader,
    give,
    /** As `give`, and written: what the station's turn does. Throws on a refusal. */
    done: async (
      author: Author,
      name: string,
      input: Record<string, unknown>,
      options: Options = {},
    ): Promise<Proposal> => {
      const result = await give(author, name, input, options);
      if (!result.ok) throw new Error(JSON.stringify(result.error));
      for (const one of result.value.written) if (one.after) reader.put(one.kind, one.after);
      return result.value;
    },
    judge: (proposal: Proposal, author: Author, rightsNow = author.permissions): Promise<Verdict> => {
      const set: ChangeSet = {
        ...proposal.set,
        stationId: station.id,
        stationSeq: 1,
        clockOffsetMs: 0,
        seenThrough: 0,
        buildsOn: [],
      };
      // What the set itself wrote here has not come to the server yet.
      const own = (kind: string): Map<string, Doc | null> =>
        new Map(proposal.written.filter((doc) => doc.kind === kind).map((doc) => [doc.id, doc.before]));
      const server = createOverlayReader(law, reader, async (kind) => (isWritten(proposal) ? own(kind) : new Map()));
      return judge(set, author, rightsNow, station, {
        ...ports,
        reader: server,
        seen,
        side: 'server',
        readSet: async () => undefined,
        formsOf: async (kind, id) => [await seen.get(kind, id), await reader.get(kind, id)].flatMap((doc) => doc ?? []),
        lastForm: async (kind, id) => (await reader.get(kind, id)) ?? (await seen.get(kind, id)),
        wasPrinted: async () => false,
        isIdTaken: async () => false,
      });
    },
  };
}
