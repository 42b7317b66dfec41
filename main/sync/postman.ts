import type { z } from 'zod';
import type { SyncState } from '../../shared/ipc/contract.ts';
import { LAW_VERSION } from '../../shared/kernel/change-set.ts';
import type { SetAnswer } from '../../shared/kernel/change-set.ts';
import { commands } from '../../shared/commands.ts';
import type { verifiersAnswerSchema } from '../../shared/sync/protocol.ts';
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts';
import type { FileVault } from '../vault/file-vault.ts';
import { storeFailureOf } from '../cabinet/sqlite/store-failure.ts';
import type { StationClock } from './station-clock.ts';
import type { ReadJournal } from '../cabinet/read-journal.ts';
import type { TurnQueue } from '../cabinet/turn-queue.ts';
import { fetchFiles, sendFiles } from './exchange-files.ts';
import { pullAll } from './pull.ts';
import { rewind, settleRewind } from './rewind.ts';
import { pushPending } from './push.ts';
import { createServerClient, OfflineError, ServerRefusedError } from './server-client.ts';
import type { StoreParts } from './take-page.ts';
import { leaveScopes } from './take-page.ts';
import { wantedScopes } from './wanted-scopes.ts';

export type PostmanParts = StoreParts & {
  /** Who this station is to the server, and which location it follows. */
  identity: { stationId: string; secret: string; serverUrl: string; locationId: string };
  queue: TurnQueue;
  vault: FileVault;
  /** Takes the server's list of who may sign in here. */
  verifiers: { replace: (list: z.infer<typeof verifiersAnswerSchema>['verifiers']) => void };
  openedPatients: () => readonly string[];
  /** A person's name; '' where they are not known here. */
  nameOf: (userId: string) => string;
  clock: StationClock;
  onState: (state: SyncState) => void;
  /** The clock was measured anew. */
  onClock: () => void;
  reads: ReadJournal;
  report: (entry: Record<string, unknown>) => void;
};

export type Postman = {
  start: () => void;
  wake: () => void;
  state: () => SyncState;
  /** When the server last heard of each station; empty where it can't be asked now. */
  contacts: () => Promise<Record<string, string>>;
  stop: () => Promise<void>;
};

const heldCode = (answer: SetAnswer): string => {
  const code = answer.violations[0]?.['code'];
  return typeof code === 'string' ? code : 'held';
};

/** Why a round failed, as the pill says it; null while the server can't be reached. */
function codeOf(error: unknown): string | null {
  if (error instanceof OfflineError) return null;
  return error instanceof ServerRefusedError ? error.code : (storeFailureOf(error)?.code ?? 'internal');
}

const POLL_MS = 20_000;
const HELD_MS = 10_000;
const RETRY_MS = [500, 1000, 2000, 4000, 8000, 15_000];

/**
 * Carries sets up and documents down, for ever: at once after a write here, at every word from the stream, and every few
 * seconds besides. Never throws to its owner; what is wrong is in `state`.
 */
export function createPostman(parts: PostmanParts): Postman {
  const { identity, cabinet, clock, log, queue, vault } = parts;
  const client = createServerClient(identity.serverUrl, identity, () => cabinet.meta.get('contact-token'));
  const stopping = new AbortController();
  let heldOfferedMs = 0;
  let serverSeq = -1;
  let aheadOfServer = 0;
  let failures = 0;
  let wakeUp: (() => void) | undefined;
  let woken = false;
  let lastContactUtc: string | null = cabinet.meta.get('last-contact') ?? null;
  let sinceUtc: string | null = null;
  let phase: SyncState['phase'] = 'working';
  let why: string | null = null;
  let loop: Promise<void> = Promise.resolve();
  let streaming: Promise<void> = Promise.resolve();

  const nowUtc = (): string => new Date(clock.nowMs()).toISOString();
  const state = (): SyncState => {
    const waiting = log.open().filter((row) => row.answer === null || row.answer.result === 'held');
    const rows = parts.scopes.all();
    const loading = rows.filter((row) => row.state === 'loading').length;
    return {
      phase: phase === 'synced' && loading > 0 ? 'loading' : phase,
      lastContactUtc,
      sinceUtc,
      waiting: waiting.slice(0, 200).map(({ set, answer }) => ({
        setId: set.id,
        command: set.command,
        atUtc: set.atUtc,
        authorName: parts.nameOf(set.authorId),
        claim: commands[set.command]?.nature === 'claim',
        held: answer ? heldCode(answer) : null,
      })),
      waitingFiles: vault.waiting(),
      clockOffsetMs: clock.offsetMs(),
      aheadOfServer,
      loadedPercent: loading > 0 && rows.length > 0 ? Math.round((100 * (rows.length - loading)) / rows.length) : null,
      why,
    };
  };
  const tell = (next: SyncState['phase'], reason: string | null = null): void => {
    phase = next;
    why = reason;
    parts.onState(state());
  };

  const hello = async (): Promise<void> => {
    const before = clock.machineNowMs();
    const answer = await client.hello({
      protocolVersion: PROTOCOL_VERSION,
      lawVersion: LAW_VERSION,
      contactToken: cabinet.meta.get('contact-token') ?? null,
      stationSeq: log.head().seq,
      atUtc: nowUtc(),
    });
    const offsetMs = Math.round(Date.parse(answer.serverTimeUtc) - (before + clock.machineNowMs()) / 2);
    await queue('sync', () => {
      cabinet.meta.set('backed-up-through', String(answer.backedUpThrough));
      cabinet.meta.set('contact-token', answer.contactToken);
      clock.setOffset(offsetMs);
      cabinet.meta.set('last-contact', nowUtc());
    });
    parts.onClock();
    if (answer.stationSeq < log.answeredThrough()) await goBack(answer.stationSeq);
    else serverSeq = answer.stationSeq;
  };

  /** The server was put back: back to the last number in common, and on from there. */
  const goBack = async (seq: number): Promise<void> => {
    const known = parts.history.all();
    const { number } = known.length > 0 ? await client.common({ cursors: known.slice(0, 1000) }) : { number: 0 };
    const common = known.find((cursor) => cursor.number === number) ?? { number: 0, hash: '' };
    const again = await queue('sync', () => rewind(parts, common, seq));
    parts.report({ level: 'alarm', what: 'server-put-back', commonNumber: common.number, ...again });
  };

  /** What a held set waits for may come from another station: it is offered again every now and then. */
  const offerHeld = async (): Promise<void> => {
    if (clock.machineNowMs() - heldOfferedMs < HELD_MS) return;
    heldOfferedMs = clock.machineNowMs();
    await queue('sync', () => log.offerHeld());
  };

  const follow = async (): Promise<void> => {
    const wanted = await wantedScopes(cabinet.reader, identity.locationId, nowUtc(), parts.openedPatients());
    const held = new Set(parts.scopes.all().map((row) => row.scope));
    await queue('sync', () => {
      for (const scope of wanted) if (!held.has(scope)) parts.scopes.add(scope);
      const leaving = [...held].filter((scope) => !wanted.has(scope));
      if (leaving.length > 0) leaveScopes(parts, leaving);
    });
  };

  const round = async (): Promise<void> => {
    if (phase === 'offline' || lastContactUtc === null || sinceUtc !== null || clock.hasSlipped()) await hello();
    await offerHeld();
    await pushPending(client, log, (write) => queue('sync', write));
    await pullAll(client, parts, queue);
    await follow();
    await pullAll(client, parts, queue);
    aheadOfServer = await queue('sync', () => settleRewind(parts));
    const verifiers = await client.verifiers();
    await queue('sync', () => parts.verifiers.replace(verifiers));
    lastContactUtc = nowUtc();
    sinceUtc = null;
    failures = 0;
    tell('synced');
    await sendReads();
    await sendFiles(client, vault, (code) => parts.report({ level: 'error', what: 'file-unreadable', code }));
    await fetchFiles(client, vault, () => tell('synced'));
    tell('synced');
  };

  const sendReads = async (): Promise<void> => {
    for (let batch = parts.reads.unsent(500); batch.length > 0; batch = parts.reads.unsent(500)) {
      await client.sendReads({ reads: batch });
      parts.reads.markSent(batch.at(-1)?.seq ?? 0);
    }
  };

  /** A revoked station still offers what it has: the server keeps it apart for a manager, and nothing of it goes from here. */
  const roundOrQuarantine = async (): Promise<void> => {
    try {
      await round();
    } catch (error) {
      if (error instanceof ServerRefusedError && error.code === 'station-revoked')
        await pushPending(client, log, (write) => queue('sync', write));
      throw error;
    }
  };

  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
      if (woken || stopping.signal.aborted) wakeUp();
    });

  const run = async (): Promise<void> => {
    sinceUtc = nowUtc();
    while (!stopping.signal.aborted) {
      woken = false;
      try {
        await roundOrQuarantine().catch(async (error: unknown) => {
          if (!(error instanceof ServerRefusedError && error.code === 'fork')) throw error;
          serverSeq = -1;
          await hello();
          if (serverSeq >= 0) await goBack(serverSeq);
          await round();
        });
      } catch (error) {
        failures += 1;
        sinceUtc ??= nowUtc();
        const code = codeOf(error);
        if (code === 'internal')
          parts.report({ level: 'error', what: 'sync-failed', name: error instanceof Error ? error.name : 'unknown' });
        tell(code === null ? 'offline' : 'stuck', code);
      }
      await sleep(failures > 0 ? (RETRY_MS[Math.min(failures, RETRY_MS.length) - 1] ?? POLL_MS) : POLL_MS);
    }
  };

  const listen = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        for await (const _event of client.stream(stopping.signal)) wake();
      } catch {
        // The line broke; the round's own timer notices whether the server is gone.
      }
      if (!stopping.signal.aborted) await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  };

  const wake = (): void => {
    woken = true;
    wakeUp?.();
  };

  return {
    start: () => {
      loop = run();
      streaming = listen();
    },
    wake,
    state,
    contacts: async () => (phase === 'synced' ? client.contacts().catch(() => ({})) : {}),
    stop: async () => {
      stopping.abort();
      wake();
      await Promise.race([Promise.all([loop, streaming]), new Promise((resolve) => setTimeout(resolve, 2000))]);
    },
  };
}
