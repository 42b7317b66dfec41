/** The desk over documents in memory, on both sides: `give` a command at a station, `judge` its set as the server would. */
import { commands } from '../../shared/commands.ts';
import { kinds } from '../../shared/collections.ts';
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
  const newId = (): string => `01999999-0000-7000-8000-${(++ids).toString(16).padStart(12, '0')}`;
  const station = { id: '01999998-0000-7000-8000-000000000001', code: 'K2', locationId };
  const ports = { law: { kinds, commands }, reader, nowUtc: () => nowUtc, newId };
  type Options = { reason?: string; seen?: Record<string, Doc> };

  const give = (
    author: Author,
    name: string,
    input: Record<string, unknown>,
    options: Options = {},
  ): Promise<Result<Proposal, Violation[]>> =>
    propose({ name, input, author, seen: options.seen ?? {}, reason: options.reason ?? null }, ports, {
      station,
      nextNumber: () => `K2-${String(++numbers).padStart(6, '0')}`,
    });

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
      return judge(set, author, rightsNow, station, { ...ports, readSet: async () => undefined });
    },
  };
}
