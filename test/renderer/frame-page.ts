import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { build } from 'vite';
import { createAppProtocol } from '../../main/shell/app-protocol/app-protocol.ts';
import { readRendererBuild } from '../../main/shell/app-protocol/renderer-build.ts';
import { builtRenderer } from './built-renderer.ts';

const root = join(import.meta.dirname, '../..');

export type Start = { phase?: string; username?: string; sync?: string };
export type OpenOptions = Start & { hash?: string; theme?: 'light' | 'dark'; widthPx?: number; heightPx?: number };

export type FrameHarness = {
  /** A page of the built frame with the fake in place of the preload; `violations` fills with what the policy stopped. */
  open(options?: OpenOptions): Promise<{ page: Page; violations: string[] }>;
  close(): Promise<void>;
};

/** The very build that ships, answered by the app protocol with its own headers, in the system's Chromium. */
export async function startFrame(): Promise<FrameHarness> {
  const folder = builtRenderer();
  const fake = await build({
    logLevel: 'error',
    configFile: false,
    root: join(root, 'renderer'),
    build: {
      write: false,
      minify: false,
      lib: { entry: join(root, 'renderer/bridge/fake/install-fake.ts'), formats: ['iife'], name: 'fake' },
    },
  });
  const fakeCode = codeOf(fake);
  const server = await serve(folder);
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--enable-unsafe-swiftshader', '--disable-gpu-rasterization'],
  });
  return {
    open: (options = {}) => openPage(browser, `http://127.0.0.1:${port}/`, fakeCode, options),
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}

function codeOf(result: Awaited<ReturnType<typeof build>>): string {
  const outputs = Array.isArray(result) ? result : [result];
  const first = outputs[0];
  const chunk = first && 'output' in first ? first.output[0] : undefined;
  if (chunk?.type !== 'chunk') throw new Error('the fake was not built');
  return chunk.code;
}

async function serve(folder: string): Promise<Server> {
  const app = createAppProtocol(await readRendererBuild(folder));
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    void app.handle({ url, method: 'GET', headers: new Headers(), windowId: undefined }).then((answer) => {
      response.writeHead(answer.status, answer.headers);
      response.end(answer.body instanceof Uint8Array ? answer.body : undefined);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
}

async function openPage(browser: Browser, origin: string, fakeCode: string, options: OpenOptions) {
  const { hash = '', theme = 'light', widthPx = 1440, heightPx = 900, ...start } = options;
  const context = await browser.newContext({
    viewport: { width: widthPx, height: heightPx },
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Asia/Jakarta',
  });
  const page = await context.newPage();
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) violations.push(message.text());
  });
  page.on('pageerror', (error) => violations.push(`page error: ${error.message}`));
  await page.addInitScript({ content: `window.praxisFakeStart = ${JSON.stringify(start)};\n${fakeCode}` });
  await page.goto(`${origin}${hash}`);
  await page.waitForSelector('#root > *:not(style)');
  await page.evaluate('document.fonts.ready.then(() => true)');
  return { page, violations };
}
