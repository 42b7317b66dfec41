/**
 * One clinic with the real law on a real server database (PGlite in memory), and stations that pull, propose and push without
 * HTTP: thousands of sets can be judged, and a judgement can be rolled back.
 */
import { law as realLaw } from '../../shared/law.ts';
import type { CommandCall, Law, Written } from '../../shared/desk/ports.ts';
import { propose, type ProposedSet } from '../../shared/desk/propose.ts';
import { proposeUndo } from '../../shared/desk/undo.ts';
import { permissionsOf, automaticPermissions, type Role } from '../../shared/access/permissions.ts';
import type { ChangeSet, SetAnswer } from '../../shared/kernel/change-set.ts';
import type { Author } from '../../shared/kernel/command.ts';
import { uuidV7 } from '../../shared/kernel/id.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { seededRandom, createDice, type Dice } from '../../server/demo/dice.ts';
import { type Db, type Queryable, sqlState } from '../../server/db/db.ts';
import { createCabinetReader } from '../../server/db/cabinet-reader.ts';
import { migrate } from '../../server/db/migrate.ts';
import { openPglite } from '../../server/db/pglite.ts';
import { inOrganization } from '../../server/db/tenant.ts';
import type { DeskDeps } from '../../server/desk/desk-deps.ts';
import { receiveIn } from '../../server/desk/receive.ts';
import { runIn, writeOwnSet } from '../../server/desk/run.ts';
import { createServerDesk } from '../../server/desk/server-desk.ts';
import { addOrganization } from '../../server/first-run.ts';
import { saveStationDocument, serverAuthor } from '../../server/stations/enrol.ts';
import { createMemoryReader, type MemoryReader } from '../world/memory-reader.ts';
import type { GullibleLaw } from './gullible-law.ts';
import { referenceDocuments, type ReferenceIds } from '../world/reference-documents.ts';

export type LawStation = {
  id: string;
  code: string;
  locationId: string;
  reader: MemoryReader;
  seenThrough: number;
  seq: number;
  series: Map<string, number>;
};

export type Judged = { answer: SetAnswer; alarms: string[]; changed: string[] };
export type LawWorld = Awaited<ReturnType<typeof openLawWorld>>;

/** What the server's desk makes of a failure: the set is on hold, and whoever watches is told (`server-desk.ts`). */
function notJudged(set: ChangeSet, error: unknown): Judged {
  if (sqlState(error) === undefined) throw error;
  const answer: SetAnswer = { setId: set.id, result: 'held', changeNumber: null, violations: [], because: null };
  return { answer, alarms: ['set-not-judged'], changed: [] };
}

class RolledBack extends Error {}

/** `gullible`: a server that believes what it is sent, for sabotage. */
export async function openLawWorld(seed: number, gullible?: GullibleLaw) {
  const random = seededRandom(seed);
  const dice: Dice = createDice(random);
  const newId = (): string =>
    uuidV7(
      Date.now(),
      Uint8Array.from({ length: 10 }, () => Math.floor(random() * 256)),
    );
  const nowUtc = (): string => new Date().toISOString();
  const db: Db = await openPglite(undefined, migrate);
  const alarms: string[] = [];
  const deps: DeskDeps = { db, law: realLaw, nowUtc, newId, alarm: (code) => void alarms.push(code) };
  const desk = createServerDesk(deps);
  const ids: ReferenceIds = { organizationId: newId(), locationId: newId(), userId: newId() };
  const within = <T>(work: (tx: Queryable) => Promise<T>): Promise<T> => inOrganization(db, ids.organizationId, work);
  await addOrganization(deps, {
    ...ids,
    organizationName: 'Clinic',
    locationName: 'Kemang',
    zone: 'Asia/Jakarta',
    currency: 'IDR',
    managerName: 'Manager',
    username: 'manager',
  });
  const serverId = newId();
  const reference = referenceDocuments(ids, newId);
  const serverCall = (name: string, input: unknown, author: Author, reason: string | null = null): CommandCall => ({
    name,
    input,
    author,
    seen: {},
    reason,
  });
  const giveAtServer = async (call: CommandCall): Promise<ChangeSet> => {
    const ran = await desk.run(ids.organizationId, call);
    if (!ran.ok) throw new Error(`${call.name} was refused: ${JSON.stringify(ran.error)}`);
    return ran.value.set;
  };
  await giveAtServer(serverCall('organizations/load', { documents: reference.documents }, serverAuthor(serverId)));

  const addStation = async (code: string, locationId: string): Promise<LawStation> => {
    const id = newId();
    const document = { id, code, name: code, locationId, profile: 'all', enrolledAtUtc: nowUtc(), revokedAtUtc: null };
    await within(async (tx) => {
      await tx.query(
        `insert into stations (organization_id, id, code, name, location_id, profile, enrolled_at) values ($1, $2, $3, $3, $4, 'all', now())`,
        [ids.organizationId, id, code, locationId],
      );
      await saveStationDocument(tx, deps, ids.organizationId, document);
    });
    const reader = createMemoryReader({});
    const station = { id, code, locationId, reader, seenThrough: 0, seq: 0, series: new Map<string, number>() };
    await sync(station);
    return station;
  };

  /** Brings everything that has changed since the last time. */
  const sync = async (station: LawStation): Promise<void> => {
    const rows = await within((tx) =>
      tx.query<{ kind: string; id: string; body: Doc | null; deleted: boolean; change_number: number }>(
        'select kind, id, body, deleted, change_number from documents where change_number > $1',
        [station.seenThrough],
      ),
    );
    for (const row of rows) {
      if (row.deleted || !row.body) station.reader.remove(row.kind, row.id);
      else station.reader.put(row.kind, row.body);
      station.seenThrough = Math.max(station.seenThrough, row.change_number);
    }
  };

  const basisOf = (station: LawStation) => ({
    station: { id: station.id, code: station.code, locationId: station.locationId },
    nextNumber: (series: string): string => {
      const number = (station.series.get(series) ?? 0) + 1;
      station.series.set(series, number);
      return `${station.code}-${String(number).padStart(6, '0')}`;
    },
  });
  const portsOf = (station: LawStation) => ({
    law: realLaw,
    reader: station.reader,
    side: 'station' as const,
    nowUtc,
    newId,
  });
  /** `waiting`: sets of the station that it has not sent yet; they stand before this one in its series. */
  const setOf = (station: LawStation, proposed: ProposedSet, waiting = 0): ChangeSet => ({
    ...proposed,
    stationId: station.id,
    stationSeq: station.seq + waiting + 1,
    clockOffsetMs: 0,
    seenThrough: station.seenThrough,
    buildsOn: [],
  });

  /** The set that a station makes of a call, not yet sent; throws where its own law refuses. */
  const proposeAt = async (
    station: LawStation,
    call: CommandCall,
    waiting = 0,
  ): Promise<{ set: ChangeSet; written: readonly Written[] }> => {
    const proposal = await propose(call, portsOf(station), basisOf(station));
    if (!proposal.ok) throw new Error(`${call.name} was refused at the station: ${JSON.stringify(proposal.error)}`);
    return { set: setOf(station, proposal.value.set, waiting), written: proposal.value.written };
  };
  /** The same as the server would make it, carried by a station. */
  const proposeAsServer = async (station: LawStation, call: CommandCall): Promise<{ set: ChangeSet }> => {
    const proposal = await propose(call, { ...portsOf(station), side: 'server' }, basisOf(station));
    if (!proposal.ok) throw new Error(`${call.name} was refused: ${JSON.stringify(proposal.error)}`);
    return { set: setOf(station, proposal.value.set) };
  };
  const proposeUndoAt = async (
    station: LawStation,
    undone: ChangeSet,
    author: Author,
    waiting = 0,
  ): Promise<{ set: ChangeSet; written: readonly Written[] }> => {
    const proposal = await proposeUndo(undone, author, portsOf(station), basisOf(station));
    if (!proposal.ok) throw new Error(`undo was refused at the station: ${JSON.stringify(proposal.error)}`);
    return { set: setOf(station, proposal.value.set, waiting), written: proposal.value.written };
  };

  let serverLaw = realLaw;
  const receive = async (tx: Queryable, set: ChangeSet, law = serverLaw): Promise<Judged> => {
    const before = alarms.length;
    const [head] = await tx.query<{ number: number }>('select number from counters');
    const answer = await receiveIn(tx, { ...deps, law }, ids.organizationId, set);
    const changed = await tx.query<{ kind: string }>('select kind from changes where number > $1', [head?.number ?? 0]);
    return { answer, alarms: alarms.slice(before), changed: changed.map((row) => row.kind) };
  };

  /** Writes documents as the server's own: what no command makes, or what happens elsewhere meanwhile. */
  const plantIn = (tx: Queryable, written: readonly Written[]): Promise<void> =>
    writeOwnSet(tx, deps, ids.organizationId, { command: 'server/plant', written });
  const rolledBack = async <T>(work: (tx: Queryable) => Promise<T>): Promise<T> => {
    let result: { value: T } | undefined;
    await within(async (tx) => {
      result = { value: await work(tx) };
      throw new RolledBack();
    }).catch((error: unknown) => {
      if (!(error instanceof RolledBack)) throw error;
    });
    if (!result) throw new Error('nothing was done');
    return result.value;
  };

  return {
    ids,
    reference,
    plant: (kind: string, doc: Doc): Promise<void> =>
      within((tx) => plantIn(tx, [{ kind, id: doc.id, before: null, after: doc }])),
    dice,
    newId,
    nowUtc,
    desk,
    within,
    addStation,
    sync,
    giveAtServer,
    proposeAt,
    proposeAsServer,
    proposeUndoAt,
    serverAuthor: serverAuthor(serverId),
    person: (id: string, name: string, ...roles: Role[]): Author => ({
      id,
      name,
      permissions: permissionsOf(roles),
      automatic: false,
    }),
    machine: (id: string): Author => ({ id, name: 'device', permissions: automaticPermissions, automatic: true }),
    /** How the server would judge a set, after `meanwhile` happened there; nothing of either stays. */
    tryOut: async (set: ChangeSet, meanwhile: readonly Written[] = []): Promise<Judged> =>
      rolledBack(async (tx) => {
        if (meanwhile.length > 0) await plantIn(tx, meanwhile);
        gullible?.believe(set);
        return receive(tx, set, gullible);
      }).catch((error: unknown) => notJudged(set, error)),
    /** How the server would judge several sets, one after another; nothing of them stays. */
    tryOutTogether: (sets: readonly ChangeSet[]): Promise<Judged[]> =>
      rolledBack(async (tx) => {
        const judged: Judged[] = [];
        for (const set of sets) judged.push(await receive(tx, set));
        return judged;
      }),
    /** What the server says to a call that it is given itself; nothing of it stays. */
    answerAtServer: (call: CommandCall): Promise<string> =>
      rolledBack(async (tx) => {
        const ran = await runIn(tx, deps, ids.organizationId, call);
        return ran.ok ? 'accepted' : `refused (${ran.error.map((one) => one.code).join(', ')})`;
      }),
    /** Whether the server gives a call itself; nothing of it stays. */
    tryAtServer: (call: CommandCall): Promise<boolean> =>
      rolledBack(async (tx) => (await runIn(tx, deps, ids.organizationId, call)).ok),
    /** The server takes a set for good, and its station goes on from there. */
    push: async (station: LawStation, set: ChangeSet): Promise<Judged> => {
      const judged = await within((tx) => receive(tx, set));
      station.seq = Math.max(station.seq, set.stationSeq);
      return judged;
    },
    /** From here on the server judges by this law. */
    judgeBy: (law: Law): void => {
      serverLaw = law;
    },
    readAtServer: (kind: string, id: string): Promise<Doc | undefined> =>
      within(async (tx) => createCabinetReader(tx).get(kind, id)),
    hasRefusal: (setId: string): Promise<boolean> =>
      within(async (tx) => {
        const rows = await tx.query(`select 1 from documents where kind = 'refusal' and body ->> 'setId' = $1`, [
          setId,
        ]);
        return rows.length > 0;
      }),
    close: () => db.close(),
  };
}
