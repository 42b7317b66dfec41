import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { createChromiumHost, type ChromiumHost } from '../../main/shell/chromium/create-chromium-host.ts';
import { findChromium } from '../../main/shell/chromium/find-chromium.ts';
import { preloadWorldName } from '../../main/shell/chromium/injected-scripts.ts';
import { buildPreload } from '../../scripts/build-preload.ts';
import type { HostWindow } from '../../main/shell/desktop-host.ts';
import type { Harness } from './contract-harness.ts';
import { createPretendPrinter } from '../world/pretend-printer.ts';

export type ChromiumHarness = Harness & {
  host: ChromiumHost;
  dataDir: string;
  keyDir: string;
  exits: number[];
  lines: string[];
  pageOf(window: HostWindow): Page;
};

type Places = { dataDir?: string; keyDir?: string };

/** A fresh folder of this test run, removed when its process ends. */
export const freshFolder = (name: string): string => {
  const folder = mkdtempSync(join(tmpdir(), `praxis-shell-${name}-`));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** Starts the Chromium shell headless with a debug port for the test alone. Throws the problem's line if it does not start. */
export const startChromiumHarness = async (places: Places = {}): Promise<ChromiumHarness> => {
  const preloadFile = await buildPreload(freshFolder('preload'));
  const dataDir = places.dataDir ?? freshFolder('data');
  const keyDir = places.keyDir ?? freshFolder('keys');
  const exportDir = join(freshFolder('exports'), 'Downloads');
  const printer = createPretendPrinter(freshFolder('printer-bin'));
  const exits: number[] = [];
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const exit = (code: number): void => void exits.push(code);
  // The test's `lp` alone is on the path, not the machine's.
  const env = { ...process.env, PATH: printer.folder, PRAXIS_CHROMIUM: findChromium(process.env) };
  const options = { dataDir, keyDir, exportDir, preloadFile, headless: true, debugPort: 0, log, exit, env };
  const started = await createChromiumHost(options);
  if (!started.ok) throw new Error(started.problem.message);
  const { host } = started;
  const browser: Browser = await chromium.connectOverCDP(host.debugUrl ?? '');
  const pages = new Map<number, Page>();

  const openWindow: ChromiumHost['openWindow'] = async (options) => {
    const known = new Set(pages.values());
    const window = await host.openWindow(options);
    const context = browser.contexts()[0];
    // Playwright hears of the page by its own connection, a moment after us.
    for (let waitedMs = 0; waitedMs < 5_000 && !pages.has(window.windowId); waitedMs += 20) {
      const page = context?.pages().find((candidate) => !known.has(candidate) && !candidate.isClosed());
      if (page === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
      else {
        await page.waitForURL((url) => url.hostname === 'praxis.app.invalid');
        pages.set(window.windowId, page);
      }
    }
    return window;
  };
  const pageOf = (window: HostWindow): Page => {
    const page = pages.get(window.windowId);
    if (page === undefined) throw new Error('Playwright does not see the window');
    return page;
  };

  return {
    host: { ...host, openWindow },
    dataDir,
    keyDir,
    exits,
    lines,
    pageOf,
    inPage: async (window, script, argument) => {
      // By a timer: inside a debugger's own call the policy on eval is lifted.
      const call = `(${String(script)})({ praxis: window.praxis, fetch: window.fetch.bind(window) }, ${JSON.stringify(argument) ?? 'undefined'})`;
      const source = `new Promise((done, failed) => setTimeout(async () => { try { done(await ${call}); } catch (error) { failed(error); } }))`;
      return await pageOf(window).evaluate(source);
    },
    savedBytes: async (path) => new Uint8Array(await readFile(path)),
    savedNames: () => readdir(exportDir).catch(() => []),
    setPrinter: async (name) => printer.setPrinter(name),
    printedBytes: async () => printer.printedBytes(),
    askFromSubFrame: async (window, channel) => {
      const page = pageOf(window);
      await page.evaluate(`document.body.append(document.createElement('iframe'))`);
      const session = await page.context().newCDPSession(page);
      const { frameTree } = await session.send('Page.getFrameTree');
      const frameId = frameTree.childFrames?.[0]?.frame.id ?? '';
      const { executionContextId } = await session.send('Page.createIsolatedWorld', {
        frameId,
        worldName: preloadWorldName,
      });
      const expression = `new Promise((resolve) => {
        const post = Object.getOwnPropertyNames(globalThis).find((name) => /^praxis[0-9a-f]{24}Post$/.test(name));
        if (post === undefined) return resolve('no bridge');
        globalThis[post.replace('Post', 'Receive')] = resolve;
        globalThis[post]('1:0:1:' + JSON.stringify(['o', [['i', 1], ['c', ${JSON.stringify(channel)}], ['p', null]]]));
      })`;
      const { result } = await session.send('Runtime.evaluate', {
        expression,
        contextId: executionContextId,
        awaitPromise: true,
      });
      return String(result.value);
    },
  };
};
