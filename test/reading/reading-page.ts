/// <reference lib="dom" />
import { open as openFile } from 'node:fs/promises';
import { statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Page } from 'playwright';
import { createAppProtocol } from '../../main/shell/app-protocol/app-protocol.ts';
import { readRendererBuild } from '../../main/shell/app-protocol/renderer-build.ts';
import type { SessionState, SyncState } from '../../shared/ipc/contract.ts';
import { permissionsOf } from '../../shared/access/permissions.ts';
import { doctorId, locationId, type ReadingWorld } from './reading-world.ts';
import { answerPaper } from '../world/answer-paper.ts';

/** The app protocol over HTTP with the policy that ships, `/instances/` from the world's files by ranges of at most 8 MB. */
export async function servePage(folder: string, world: ReadingWorld) {
  const app = createAppProtocol(await readRendererBuild(folder));
  app.register('/instances/', async ({ id }) => {
    const path = world.files.get(id);
    if (path === undefined) return undefined;
    return {
      sizeBytes: statSync(path).size,
      contentType: 'application/dicom',
      read: async function* ({ start, end }) {
        const file = await openFile(path);
        try {
          const bytes = new Uint8Array(end - start);
          await file.read(bytes, 0, bytes.length, start);
          yield bytes;
        } finally {
          await file.close();
        }
      },
    };
  });
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const headers = new Headers({ range: request.headers.range ?? '' });
    void app.handle({ url, method: 'GET', headers, windowId: 1 }).then(async (answer) => {
      response.writeHead(answer.status, answer.headers);
      if (answer.body && !(answer.body instanceof Uint8Array))
        for await (const chunk of answer.body) response.write(chunk);
      response.end(answer.body instanceof Uint8Array ? answer.body : undefined);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

const session: SessionState = {
  phase: 'signed-in',
  user: {
    id: doctorId,
    name: 'Dr Budi Santoso',
    initials: 'BS',
    roles: ['doctor'],
    permissions: [...permissionsOf(['doctor'])],
    locale: 'en',
  },
  location: { id: locationId, name: 'Kemang', zone: 'Asia/Jakarta', currency: 'IDR', locale: 'id-ID' },
  organizationName: 'Klinik Kemang',
  station: {
    id: '01940000-0000-7000-8000-000000000801',
    code: 'K2',
    name: 'Reading',
    readOnly: false,
    glassBrokenUntilUtc: null,
  },
  people: [],
};
const sync: SyncState = {
  phase: 'synced',
  lastContactUtc: new Date().toISOString(),
  sinceUtc: null,
  waiting: [],
  waitingFiles: 0,
  clockOffsetMs: 0,
  aheadOfServer: 0,
  loadedPercent: null,
  why: null,
};

/** Answers the bridge's questions from the world, and tells open views again after a command. */
export function createBridge(
  world: ReadingWorld,
  push: (name: string, payload: unknown) => Promise<void>,
  locale: 'en' | 'id' = 'en',
) {
  const state = session.phase === 'signed-in' ? { ...session, user: { ...session.user, locale } } : session;
  const drafts = new Map<string, Record<string, unknown>>();
  const open = new Map<string, { name: string; params: Record<string, unknown> }>();
  return async (channel: string, payload: Record<string, unknown>): Promise<unknown> => {
    if (channel === 'session') return { state, failure: null };
    if (channel === 'station') return payload['do'] === 'sync' ? sync : {};
    if (channel === 'view.close') return open.delete(String(payload['viewId']));
    if (channel === 'view.open') {
      const { viewId, name, params } = payload as { viewId: string; name: string; params: Record<string, unknown> };
      const value = await world.readView(name, params);
      if (value === undefined) return { ok: false, code: 'unknown-view' };
      open.set(viewId, { name, params });
      return { ok: true, value };
    }
    if (channel === 'draft') {
      const key = String(payload['key']);
      const savedAtUtc = new Date().toISOString();
      if (payload['do'] === 'save')
        drafts.set(key, {
          key,
          patientId: payload['patientId'],
          body: payload['body'],
          seen: payload['seen'],
          savedAtUtc,
        });
      if (payload['do'] === 'discard') drafts.delete(key);
      return payload['do'] === 'load' ? (drafts.get(key) ?? null) : { savedAtUtc };
    }
    if (channel === 'command.run') {
      const answer = await world.run(payload as Parameters<ReadingWorld['run']>[0]);
      for (const [viewId, { name, params }] of open)
        await push('view.changed', { viewId, value: await world.readView(name, params) });
      return answer;
    }
    if (channel === 'document') return answerPaper(payload);
    return {};
  };
}

/** A window of the reading station; errors of the page and of its policy are kept in `problems`. */
export async function openReading(
  origin: string,
  world: ReadingWorld,
  options: { renderer?: 'processor' | 'graphics card'; locale?: 'en' | 'id' } = {},
) {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--enable-unsafe-swiftshader', '--disable-gpu-rasterization'],
  });
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Asia/Jakarta',
    reducedMotion: 'reduce',
  });
  const page: Page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('404')) problems.push(message.text());
  });
  await page.addInitScript(countWebGlDraws);
  if (options.renderer === 'graphics card') await page.addInitScript(hideSoftwareRenderer);
  const push = async (name: string, payload: unknown): Promise<void> => {
    await page.evaluate(
      ([name, payload]) => (window as unknown as { hear: (a: unknown, b: unknown) => void }).hear(name, payload),
      [name, payload] as const,
    );
  };
  const answer = createBridge(world, push, options.locale);
  await page.exposeFunction('askWorld', answer);
  await page.addInitScript(() => {
    const listeners = new Map<string, Set<(payload: unknown) => void>>();
    const place = window as unknown as Record<string, unknown>;
    place['hear'] = (name: string, payload: unknown) => {
      for (const listener of listeners.get(name) ?? []) listener(payload);
    };
    place['praxis'] = {
      request: place['askWorld'],
      on: (name: string, listener: (payload: unknown) => void) => {
        const set = listeners.get(name) ?? new Set();
        listeners.set(name, set.add(listener));
        return () => set.delete(listener);
      },
    };
  });
  return {
    page,
    problems,
    go: (hash: string) => page.goto(`${origin}/${hash}`),
    /** How often this page has drawn by WebGL: never, where the processor paints. */
    webGlDraws: () => page.evaluate(() => (window as unknown as { webGlDraws: number }).webGlDraws),
    close: () => browser.close(),
  };
}

/** The viewer takes a painter in software for no graphics card: under another name it paints by WebGL all the same. */
function hideSoftwareRenderer(): void {
  const methods = WebGL2RenderingContext.prototype;
  // oxlint-disable-next-line typescript/unbound-method -- called with its own context below
  methods.getParameter = new Proxy(methods.getParameter, {
    apply: (target, context, args): unknown => {
      const value: unknown = Reflect.apply(target, context, args);
      return typeof value === 'string' && /swiftshader|llvmpipe/i.test(value) ? 'a graphics card' : value;
    },
  });
}

function countWebGlDraws(): void {
  const counter = window as unknown as { webGlDraws: number };
  counter.webGlDraws = 0;
  const methods = WebGL2RenderingContext.prototype;
  // oxlint-disable-next-line typescript/unbound-method -- called with its own context below
  methods.drawArrays = new Proxy(methods.drawArrays, {
    apply: (target, context, args): unknown => {
      counter.webGlDraws += 1;
      return Reflect.apply(target, context, args);
    },
  });
}
