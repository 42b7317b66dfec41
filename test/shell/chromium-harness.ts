import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createChromiumHost, type ChromiumHost } from '../../main/shell/chromium/create-chromium-host.ts';
import { findChromium } from '../../main/shell/chromium/find-chromium.ts';
import { preloadWorldName } from '../../main/shell/chromium/injected-scripts.ts';
import { buildPreload } from '../../scripts/build-preload.ts';
import type { HostWindow } from '../../main/shell/desktop-host.ts';
import type { Harness } from './contract-harness.ts';
import { until } from '../world/services.ts';
import { attachTo, listPages, type PageDebugger } from './page-debugger.ts';
import { createPretendPrinter } from '../world/pretend-printer.ts';

export type ChromiumHarness = Harness & {
  host: ChromiumHost;
  dataDir: string;
  keyDir: string;
  exits: number[];
  lines: string[];
  debuggerOf(window: HostWindow): PageDebugger;
};

const frameTreeSchema = z.object({
  frameTree: z.object({ childFrames: z.array(z.object({ frame: z.object({ id: z.string() }) })).optional() }),
});
const worldSchema = z.object({ executionContextId: z.number() });

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
  const debuggers = new Map<number, PageDebugger>();

  const openWindow: ChromiumHost['openWindow'] = async (options) => {
    const known = new Set((await listPages(host.debugUrl ?? '')).map((page) => page.id));
    const window = await host.openWindow(options);
    const url = await until('the page to be listed', async () => {
      const pages = await listPages(host.debugUrl ?? '');
      return pages.find((page) => !known.has(page.id) && new URL(page.url).hostname === 'praxis.app.invalid')
        ?.webSocketDebuggerUrl;
    });
    debuggers.set(window.windowId, await attachTo(url));
    return window;
  };
  const debuggerOf = (window: HostWindow): PageDebugger => {
    const found = debuggers.get(window.windowId);
    if (found === undefined) throw new Error('this window was not opened here');
    return found;
  };

  return {
    host: { ...host, openWindow },
    dataDir,
    keyDir,
    exits,
    lines,
    debuggerOf,
    inPage: async <Result>(window: HostWindow, script: unknown, argument: unknown) => {
      // By a timer: inside a debugger's own call the policy on eval is lifted.
      const call = `(${String(script)})({ praxis: window.praxis, fetch: window.fetch.bind(window) }, ${JSON.stringify(argument) ?? 'undefined'})`;
      const source = `new Promise((done, failed) => setTimeout(async () => { try { done(await ${call}); } catch (error) { failed(error); } }))`;
      return (await debuggerOf(window).evaluate(source)) as Result;
    },
    savedBytes: async (path) => new Uint8Array(await readFile(path)),
    savedNames: () => readdir(exportDir).catch(() => []),
    setPrinter: async (name) => printer.setPrinter(name),
    printedBytes: async () => printer.printedBytes(),
    askFromSubFrame: async (window, channel) => {
      const page = debuggerOf(window);
      await page.evaluate(`void document.body.append(document.createElement('iframe'))`);
      const { frameTree } = frameTreeSchema.parse(await page.send('Page.getFrameTree'));
      const frameId = frameTree.childFrames?.[0]?.frame.id ?? '';
      const world = await page.send('Page.createIsolatedWorld', { frameId, worldName: preloadWorldName });
      const { executionContextId } = worldSchema.parse(world);
      const expression = `new Promise((resolve) => {
        const post = Object.getOwnPropertyNames(globalThis).find((name) => /^praxis[0-9a-f]{24}Post$/.test(name));
        if (post === undefined) return resolve('no bridge');
        globalThis[post.replace('Post', 'Receive')] = resolve;
        globalThis[post]('1:0:1:' + JSON.stringify(['o', [['i', 1], ['c', ${JSON.stringify(channel)}], ['p', null]]]));
      })`;
      return String(await page.evaluate(expression, executionContextId));
    },
  };
};
