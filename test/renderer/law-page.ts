/**
 * Screens in a real browser over the real law: views read and commands decide in this process, on documents in memory, with the
 * station's own patient search. What a workstation adds (disk, sync, sessions) is not here.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Database from 'better-sqlite3-multiple-ciphers';
import { type Browser, chromium, type Page } from 'playwright';
import { createAppProtocol } from '../../main/shell/app-protocol/app-protocol.ts';
import { readRendererBuild } from '../../main/shell/app-protocol/renderer-build.ts';
import type { SetRow } from '../../main/cabinet/set-log.ts';
import { createPatientIndex } from '../../main/cabinet/patient-index.ts';
import type { Role } from '../../shared/access/permissions.ts';
import { permissionsOf } from '../../shared/access/permissions.ts';
import { commands } from '../../shared/commands.ts';
import { law } from '../../shared/law.ts';
import { nextUndo, undoOf } from '../../main/station/desk/undo-history.ts';
import { undoneOf } from '../../main/station/desk/undone.ts';
import { proposeUndo } from '../../shared/desk/undo.ts';
import { type Proposal, propose } from '../../shared/desk/propose.ts';
import type { Written } from '../../shared/desk/ports.ts';
import { UNDO_COMMAND } from '../../shared/ipc/contract.ts';
import type { CommandRequest, DraftRequest, SavedDraft, SessionState, SyncState } from '../../shared/ipc/contract.ts';
import { uuidV7 } from '../../shared/kernel/id.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { violation } from '../../shared/kernel/violation.ts';
import { viewByName } from '../../shared/views.ts';
import { frontDeskWorld, id, kemang, NOW_UTC, receptionist, ZONE } from '../world/front-desk-world.ts';
import { createMemoryReader } from '../world/memory-reader.ts';
import { builtRenderer } from './built-renderer.ts';
import { answerPaper } from '../world/answer-paper.ts';

export type LawPage = {
  page: Page;
  errors: string[];
  documents: (kind: string) => Doc[];
  drafts: Map<string, SavedDraft>;
  commands: CommandRequest[];
  /** From now on the disk refuses every word about drafts. */
  breakDrafts: () => void;
};

export type OpenLawPage = {
  hash?: string;
  role?: Role;
  theme?: 'light' | 'dark';
  size?: { width: number; height: number };
  /** The person's; English unless given. */
  language?: 'en' | 'id';
  /** The present moment, and the zone of the location; those of the world unless given. */
  nowUtc?: string;
  zone?: string;
  /** The person's last proof is too old to sign, refund or override by. */
  isProofOld?: true;
  /** The world before it starts. */
  prepare?: (world: Record<string, Doc[]>) => void;
};

/** What proves a person on a page whose proof is old. */
export const PASSWORD = 'it is me';

/** The screens as they ship; opens pages on worlds of their own, and `closeOpened` ends those that a case has opened. */
export async function startLawPages() {
  const app = createAppProtocol(await readRendererBuild(builtRenderer()));
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    void app.handle({ url, method: 'GET', headers: new Headers(), windowId: undefined }).then((answer) => {
      response.writeHead(answer.status, answer.headers);
      response.end(answer.body instanceof Uint8Array ? answer.body : undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  return {
    open: (options: OpenLawPage = {}) => openPage(browser, origin, options),
    closeOpened: async (): Promise<void> => {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    close: async (): Promise<void> => {
      await browser.close();
      server.close();
    },
  };
}

/** The desk and the views over one world; `changed` is called after every turn. */
function createLaw(role: Role, options: OpenLawPage, changed: () => Promise<void>) {
  const nowUtc = options.nowUtc ?? NOW_UTC;
  const docs = frontDeskWorld(2_000);
  const { zone } = options;
  if (zone) docs['location'] = (docs['location'] ?? []).map((one) => ({ ...one, zone }));
  options.prepare?.(docs);
  let reader = createMemoryReader(docs);
  const index = createPatientIndex(new Database(':memory:'));
  for (const doc of docs['patient'] ?? []) index.put(doc.id, doc);
  const rows: SetRow[] = [];
  const run: CommandRequest[] = [];
  let counter = 5_000;
  const author = { id: receptionist, name: 'Rina Sari', permissions: permissionsOf([role]), automatic: false };
  const newId = (): string => uuidV7(Date.parse(NOW_UTC) + (counter += 1), crypto.getRandomValues(new Uint8Array(10)));

  const write = (turn: Array<Pick<Written, 'kind' | 'id' | 'after'>>): void => {
    for (const { kind, id: docId, after } of turn) {
      docs[kind] = [...(docs[kind] ?? []).filter((one) => one.id !== docId), ...(after ? [after] : [])];
      if (kind === 'patient') index.put(docId, after);
    }
    reader = createMemoryReader(docs);
  };
  const base = {
    station: { id: id(8, 1), code: 'K1', locationId: kemang },
    nextNumber: (series: string) => `K1-${series.slice(0, 1)}${(counter += 1)}`,
  };
  const portsNow = () => ({ law, reader, side: 'station' as const, nowUtc: () => nowUtc, newId });
  /** Writes what the desk proposed and gives its answer. */
  const take = async ({ set, written }: Proposal): Promise<unknown> => {
    write(written);
    const carried = {
      stationId: id(8, 1),
      stationSeq: rows.length + 1,
      clockOffsetMs: 0,
      seenThrough: 0,
      buildsOn: [],
    };
    rows.unshift({ seq: rows.length + 1, set: { ...set, ...carried }, answer: null, number: null });
    await changed();
    const find = (kind: string, docId: string) => docs[kind]?.find((one) => one.id === docId);
    return {
      ok: true,
      setId: set.id,
      undoable: law.commands[set.command]?.undo === 'patches' && set.undoes === null,
      written: written.map((one) => ({ kind: one.kind, id: one.id })),
      undone: set.undoes ? { ...undoneOf(set, find), redone: false } : null,
    };
  };
  const undo = async (setId: unknown): Promise<unknown> => {
    const named = rows.find(({ set }) => set.id === setId);
    const picked = named ? undoOf(rows, named.set, author.id) : nextUndo(rows, author.id);
    const proposal = picked.ok ? await proposeUndo(picked.value, author, portsNow(), base) : picked;
    return proposal.ok ? take(proposal.value) : { ok: false, violations: proposal.error };
  };
  return {
    docs,
    run,
    command: async (request: CommandRequest): Promise<unknown> => {
      run.push(request);
      if (request.name === UNDO_COMMAND) return undo(request.input['setId']);
      const call = { ...request, author, seen: request.seen as Record<string, Doc> };
      const proposal = await propose(call, portsNow(), base);
      return proposal.ok ? take(proposal.value) : { ok: false, violations: proposal.error };
    },
    view: async (name: string, given: unknown): Promise<unknown> => {
      const spec = viewByName(name);
      if (!spec) return { ok: false, code: 'unknown-view' };
      if (!author.permissions.has(spec.permission)) return { ok: false, code: 'not-permitted' };
      const params = spec.params.safeParse(given);
      if (!params.success) return { ok: false, code: 'malformed' };
      const context = {
        nowUtc,
        userId: receptionist,
        permissions: author.permissions,
        locationId: kemang,
        stationId: id(8, 1),
        searchPatients: index.find,
      };
      return { ok: true, value: await spec.read(reader, params.data, context) };
    },
  };
}

const sessionOf = (role: Role, zone: string, language: string): { failure: null; state: SessionState } => ({
  failure: null,
  state: {
    phase: 'signed-in',
    user: {
      id: receptionist,
      name: 'Rina Sari',
      initials: 'RS',
      roles: [role],
      permissions: [...permissionsOf([role])],
      locale: language,
    },
    location: { id: kemang, name: 'Kemang', zone, currency: 'IDR', locale: 'id-ID' },
    organizationName: 'Praxis Demo',
    station: { id: id(8, 1), code: 'K1', name: 'Front desk', readOnly: false, glassBrokenUntilUtc: null },
    people: [],
  },
});

const synced: SyncState = {
  phase: 'synced',
  lastContactUtc: NOW_UTC,
  sinceUtc: null,
  waiting: [],
  waitingFiles: 0,
  clockOffsetMs: 0,
  aheadOfServer: 0,
  loadedPercent: null,
  why: null,
};

async function openPage(browser: Browser, origin: string, options: OpenLawPage): Promise<LawPage> {
  const role = options.role ?? 'receptionist';
  const zone = options.zone ?? ZONE;
  const context = await browser.newContext({
    viewport: options.size ?? { width: 1440, height: 900 },
    colorScheme: options.theme ?? 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: zone,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(`${error.message} ${error.stack ?? ''}`));
  page.on(
    'console',
    (message) => message.type() === 'error' && !/404/.test(message.text()) && errors.push(message.text()),
  );
  const open = new Map<string, { name: string; params: unknown }>();
  const drafts = new Map<string, SavedDraft>();
  let areDraftsBroken = false;
  let isProven = options.isProofOld !== true;
  const law = createLaw(role, options, async () => {
    for (const [viewId, { name, params }] of open) {
      const answer = (await law.view(name, params)) as { ok: boolean; value?: unknown };
      if (answer.ok) await page.evaluate(pushTo, { viewId, value: answer.value });
    }
  });
  await page.exposeFunction('praxisAsk', async (channel: string, payload: Record<string, unknown>) => {
    if (channel === 'session') {
      const isWrong = payload['do'] === 'unlock' && payload['secret'] !== PASSWORD;
      if (payload['do'] === 'unlock' && !isWrong) isProven = true;
      return { ...sessionOf(role, zone, options.language ?? 'en'), failure: isWrong ? 'wrong' : null };
    }
    if (channel === 'command.run') {
      const request = payload as CommandRequest;
      const asksProof = commands[request.name]?.needsProof === 'always' && !isProven;
      return asksProof ? { ok: false, violations: [violation('ACCESS-4', 'proof-needed')] } : law.command(request);
    }
    if (channel === 'view.open') {
      open.set(String(payload['viewId']), { name: String(payload['name']), params: payload['params'] });
      return law.view(String(payload['name']), payload['params']);
    }
    if (channel === 'view.close') return open.delete(String(payload['viewId']));
    if (channel === 'station') return synced;
    if (channel === 'document') return answerPaper(payload);
    return areDraftsBroken ? { error: 'disk-full' } : answerDraft(drafts, payload as DraftRequest);
  });
  await page.clock.setFixedTime(options.nowUtc ?? NOW_UTC);
  await page.addInitScript(installBridge);
  await page.goto(`${origin}${options.hash ?? '#/day'}`);
  const breakDrafts = (): void => void (areDraftsBroken = true);
  return { page, errors, documents: (kind) => law.docs[kind] ?? [], drafts, commands: law.run, breakDrafts };
}

function answerDraft(drafts: Map<string, SavedDraft>, request: DraftRequest): unknown {
  if (request.do === 'list') return { drafts: [...drafts.values()] };
  if (request.do === 'load') return drafts.get(request.key) ?? null;
  if (request.do === 'discard') return void drafts.delete(request.key);
  const { do: _do, ...draft } = request;
  drafts.set(request.key, { ...draft, savedAtUtc: NOW_UTC });
  return { savedAtUtc: NOW_UTC };
}

/** Runs in the page, before anything else. */
function installBridge(): void {
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const host = globalThis as unknown as Record<string, unknown>;
  host['praxis'] = {
    request: (channel: string, payload: unknown) =>
      (host['praxisAsk'] as (channel: string, payload: unknown) => Promise<unknown>)(channel, payload),
    on: (name: string, listener: (payload: unknown) => void) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => set.delete(listener);
    },
  };
  host['praxisPush'] = (name: string, payload: unknown) => {
    for (const listener of listeners.get(name) ?? []) listener(payload);
  };
}

/** Runs in the page. */
function pushTo(payload: { viewId: string; value: unknown }): void {
  const push = (globalThis as unknown as { praxisPush: (name: string, payload: unknown) => void }).praxisPush;
  push('view.changed', payload);
}
