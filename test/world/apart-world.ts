/**
 * Stations that are apart, and their server, over documents in memory: each works on what it holds until `sync`, which judges what
 * waits in the order given, writes what follows, and gives every station what then stands.
 */
import { law } from '../../shared/law.ts';
import type { Verdict } from '../../shared/desk/judge.ts';
import { judge } from '../../shared/desk/judge.ts';
import { deriveDocuments } from '../../shared/desk/derive.ts';
import type { Written } from '../../shared/desk/ports.ts';
import type { Proposal } from '../../shared/desk/propose.ts';
import { propose } from '../../shared/desk/propose.ts';
import type { ChangeSet } from '../../shared/kernel/change-set.ts';
import type { Author } from '../../shared/kernel/command.ts';
import { uuidV7 } from '../../shared/kernel/id.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { msOf } from '../../shared/kernel/time.ts';
import type { Violation } from '../../shared/kernel/violation.ts';
import type { MemoryReader } from './memory-reader.ts';
import { createMemoryReader } from './memory-reader.ts';

export type Place = { id: string; code: string; locationId: string | null };
export type Judged = { set: ChangeSet; verdict: Verdict };
type Pending = { set: ChangeSet; author: Author; seen: MemoryReader };
type Given = { reason?: string; seen?: Record<string, Doc>; atUtc?: string };
type Outcome = { ok: true; written: Doc[]; set: ChangeSet } | { ok: false; error: Violation[] };

export type ApartStation = {
  place: Place;
  reader: MemoryReader;
  give: (author: Author, name: string, input: object, given?: Given) => Promise<Outcome>;
  /** Changes the newest set that waits, as somebody would who has the station in their hands. */
  tamper: (change: (set: ChangeSet) => void) => void;
  /** As `give`; throws on a refusal, and gives the first document that was written. */
  done: <T extends Doc = Doc>(author: Author, name: string, input: object, given?: Given) => Promise<T>;
};

function write(reader: MemoryReader, written: readonly Written[]): void {
  for (const { kind, id, after } of written) {
    if (after) reader.put(kind, after);
    else reader.remove(kind, id);
  }
}

export function createApartWorld(docs: Record<string, readonly Doc[]>, nowUtc: string) {
  const server = createMemoryReader(docs);
  const pending = new Map<string, Pending[]>();
  const stations: ApartStation[] = [];
  let ids = 0;
  const newId = (): string => uuidV7(msOf(nowUtc) + ++ids, new Uint8Array(10));

  const openStation = (place: Place): ApartStation => {
    const reader = server.snapshot();
    const numbers = new Map<string, number>();
    let seq = 0;
    const waiting: Pending[] = [];
    pending.set(place.id, waiting);
    const give: ApartStation['give'] = async (author, name, input, { reason, seen = {}, atUtc = nowUtc } = {}) => {
      const before = reader.snapshot();
      const call = { name, input, author, seen, reason: reason ?? null };
      const taken = new Map(numbers);
      const nextNumber = (series: string): string => {
        taken.set(series, (taken.get(series) ?? 0) + 1);
        return `${place.code}-${String(taken.get(series)).padStart(6, '0')}`;
      };
      const ports = { law, reader, side: 'station' as const, nowUtc: () => atUtc, newId };
      const proposed = await propose(call, ports, { station: place, nextNumber });
      if (!proposed.ok) return proposed;
      for (const [series, last] of taken) numbers.set(series, last);
      const set = setOf(proposed.value, place, ++seq);
      write(reader, proposed.value.written);
      waiting.push({ set, author, seen: before });
      return { ok: true, written: proposed.value.written.flatMap((one) => one.after ?? []), set };
    };
    const station: ApartStation = {
      place,
      reader,
      give,
      tamper: (change) => {
        const newest = waiting.at(-1);
        if (!newest) throw new Error('nothing waits');
        change(newest.set);
      },
      done: async <T extends Doc>(author: Author, name: string, input: object, given?: Given) => {
        const outcome = await give(author, name, input, given);
        if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
        return outcome.written[0] as T;
      },
    };
    stations.push(station);
    return station;
  };

  const judgeOne = async (place: Place, { set, author, seen }: Pending): Promise<Judged> => {
    const verdict = await judge(set, author, author.permissions, place, {
      law,
      reader: server,
      seen,
      side: 'server',
      nowUtc: () => nowUtc,
      newId,
      readSet: async () => undefined,
      formsOf: async (kind, id) => [await seen.get(kind, id), await server.get(kind, id)].flatMap((doc) => doc ?? []),
      lastForm: async (kind, id) => (await server.get(kind, id)) ?? (await seen.get(kind, id)),
      wasPrinted: async () => false,
      isIdTaken: async () => false,
    });
    if (verdict.result === 'accepted' || verdict.result === 'merged') {
      const derived = await deriveDocuments(law, server, verdict.written);
      write(server, [...verdict.written, ...derived]);
    }
    return { set, verdict };
  };

  return {
    server,
    openStation,
    /** Brings what waits to the server, station by station as given (all, where none is), and everything to every station. */
    sync: async (...order: ApartStation[]): Promise<Judged[]> => {
      const judged: Judged[] = [];
      for (const { place } of order.length > 0 ? order : stations)
        for (const one of pending.get(place.id)?.splice(0) ?? []) judged.push(await judgeOne(place, one));
      for (const { place, reader } of stations) if (pending.get(place.id)?.length === 0) reader.become(server);
      return judged;
    },
  };
}

function setOf({ set }: Proposal, place: Place, stationSeq: number): ChangeSet {
  return JSON.parse(
    JSON.stringify({ ...set, stationId: place.id, stationSeq, clockOffsetMs: 0, seenThrough: 0, buildsOn: [] }),
  ) as ChangeSet;
}

/** What a verdict flags; a set that was not taken throws. */
export function flagsOf({ set, verdict }: Judged): Violation[] {
  if (verdict.result === 'held' || verdict.result === 'refused')
    throw new Error(`${set.command}: ${JSON.stringify(verdict)}`);
  return verdict.flags;
}
