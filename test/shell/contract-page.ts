import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { patternBytes } from './contract-app.ts';
import { type ContractCase, type Dom, openTestWindow } from './contract-harness.ts';

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Bytes by ranges, the policy, and everything a page must not be able to do. */
export const pageCases = (): ContractCase[] => [
  {
    name: 'a 1 GB object by ranges of at most 8 MB',
    run: async (harness) => {
      const window = await openTestWindow(harness);
      const spans: [number, number][] = [
        [0, 1_000_000],
        [536_870_912 - 3, 536_870_912 + 8 * 1024 * 1024 - 4],
        [1024 ** 3 - 5, 1024 ** 3 - 1],
      ];
      const report = await harness.inPage(
        window,
        async ({ fetch }, spans) => {
          const answers = [];
          for (const [first, last] of spans) {
            const answer = await fetch('/objects/big', { headers: { range: `bytes=${first}-${last}` } });
            const bytes = await answer.arrayBuffer();
            const digest = await crypto.subtle.digest('SHA-256', bytes);
            const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
            answers.push([answer.status, answer.headers.get('content-range'), hex]);
          }
          const cut = await fetch('/objects/big', { headers: { range: 'bytes=100-' } });
          const head = await fetch('/objects/big', { method: 'HEAD' });
          const suffix = await fetch('/objects/small', { headers: { range: 'bytes=-10' } });
          return {
            answers,
            cut: [cut.status, (await cut.arrayBuffer()).byteLength, cut.headers.get('content-range')],
            head: [head.status, head.headers.get('accept-ranges'), head.headers.get('content-length')],
            suffix: [suffix.status, (await suffix.arrayBuffer()).byteLength],
            whole: (await fetch('/objects/big')).status,
            small: (await (await fetch('/objects/small')).arrayBuffer()).byteLength,
            behind: (await fetch('/objects/big', { headers: { range: 'bytes=1073741824-' } })).status,
          };
        },
        spans,
      );
      const size = 1024 ** 3;
      assert.deepEqual(
        report.answers,
        spans.map(([first, last]) => [206, `bytes ${first}-${last}/${size}`, hash(patternBytes(first, last + 1))]),
      );
      assert.deepEqual(report.cut, [206, 8 * 1024 * 1024, `bytes 100-${100 + 8 * 1024 * 1024 - 1}/${size}`]);
      assert.deepEqual(report.head, [200, 'bytes', String(size)]);
      assert.deepEqual([report.suffix, report.whole, report.small, report.behind], [[206, 10], 413, 1000, 416]);
      window.close();
    },
  },
  {
    name: 'nothing outside the list of known files is served; every answer carries the policy',
    run: async (harness) => {
      const window = await openTestWindow(harness);
      const paths = [
        '/../package.json',
        '/..%2f..%2fpackage.json',
        '/%2e%2e/package.json',
        '/objects/..%2fbig',
        '/objects/%00',
        '/objects/',
        '/etc/passwd',
        '/app.js/',
        '/nothing',
        '/objects/big/more',
      ];
      const report = await harness.inPage(
        window,
        async ({ fetch }, paths) => {
          const statuses = [];
          const names = ['content-security-policy', 'x-content-type-options', 'cross-origin-opener-policy'];
          let headersOnAll = true;
          for (const path of [...paths, '/', '/app.js', '/worker.js', '/add.wasm', '/objects/small']) {
            const answer = await fetch(path);
            statuses.push(answer.status);
            headersOnAll &&= names.every((name) => answer.headers.has(name));
          }
          return { statuses, headersOnAll };
        },
        paths,
      );
      assert.deepEqual(report, { statuses: [...paths.map(() => 404), 200, 200, 200, 200, 200], headersOnAll: true });
      window.close();
    },
  },
  {
    name: 'the page sees two frozen functions and nothing of the machinery',
    browser: true,
    run: async (harness) => {
      const window = await openTestWindow(harness);
      const report = await harness.inPage(window, () => {
        const world = globalThis as unknown as Record<string, object>;
        const bridge = world.praxis as object;
        const before = Object.getOwnPropertyNames(bridge).toSorted((a, b) => a.localeCompare(b));
        const replaced = Reflect.set(world, 'praxis', {}) || Reflect.set(bridge, 'request', () => 1);
        const strange = Object.getOwnPropertyNames(world).filter((name) =>
          /^(praxis.+|ipcRenderer|electron|require|process|module|Buffer)$/.test(name),
        );
        return { before, replaced, frozen: Object.isFrozen(bridge), strange };
      });
      assert.deepEqual(report, { before: ['on', 'request'], replaced: false, frozen: true, strange: [] });
      window.close();
    },
  },
  {
    name: 'inline script, eval, foreign fetch, frames and un-nonced styles are blocked; the nonce works',
    browser: true,
    run: async (harness) => {
      const window = await openTestWindow(harness);
      const report = await harness.inPage(window, async ({ fetch }) => {
        const world = globalThis as unknown as {
          appRan?: boolean;
          inlineRan?: boolean;
          document: Dom;
          getComputedStyle: Dom;
        };
        const { document, getComputedStyle } = world;
        const attempt = (run: () => unknown): string => {
          try {
            return String(run());
          } catch (error) {
            return (error as Error).name;
          }
        };
        const style = document.createElement('style');
        style.setAttribute('nonce', document.querySelector('meta[name=csp-nonce]').content);
        style.textContent = '#late { width: 44px }';
        document.head.append(style);
        const late = document.createElement('p');
        late.id = 'late';
        document.body.append(late);
        const script = document.createElement('script');
        script.textContent = 'window.lateInline = true';
        document.head.append(script);
        const width = (selector: string): string => getComputedStyle(document.querySelector(selector)).width;
        return {
          appRan: world.appRan,
          inlineRan: world.inlineRan ?? false,
          lateInline: 'lateInline' in world,
          // oxlint-disable-next-line no-eval -- the policy must stop it
          eval: attempt(() => (0, eval)('1 + 1')),
          // oxlint-disable-next-line typescript/no-implied-eval -- the policy must stop it
          function: attempt(() => new Function('return 1')()),
          foreign: await fetch('https://example.com/').then(
            () => 'went',
            (error: Error) => error.name,
          ),
          dataFrame: await fetch('data:text/plain,x').then(
            () => 'went',
            (error: Error) => error.name,
          ),
          widths: [width('#nonced') === '11px', width('#inline') === '22px', width('#late') === '44px'],
          styleAttribute: getComputedStyle(document.querySelector('#inline')).height,
        };
      });
      assert.deepEqual(report, {
        appRan: true,
        inlineRan: false,
        lateInline: false,
        eval: 'EvalError',
        function: 'EvalError',
        foreign: 'TypeError',
        dataFrame: 'TypeError',
        widths: [true, false, true],
        styleAttribute: '33px',
      });
      window.close();
    },
  },
  {
    name: 'a module worker imports, fetches a range and compiles wasm',
    browser: true,
    run: async (harness) => {
      const window = await openTestWindow(harness);
      const report = await harness.inPage(window, () => {
        const world = globalThis as unknown as { Worker: new (url: string, options: object) => Dom };
        return new Promise<unknown>((resolve) => {
          const worker = new world.Worker('/worker.js', { type: 'module' });
          worker.addEventListener('message', (event: { data: unknown }) => resolve(event.data));
          worker.addEventListener('error', (event: { message: string }) => resolve(`failed ${event.message}`));
        });
      });
      assert.deepEqual(report, { base: 7, wasm: 42, status: 206, size: 10 });
      window.close();
    },
  },
  {
    name: 'a page cannot open windows, leave, download or be granted permissions',
    browser: true,
    run: async (harness) => {
      const window = await openTestWindow(harness);
      const before = await harness.inPage(window, () => (globalThis as Dom).location.href as string);
      const report = await harness.inPage(window, async () => {
        const world = globalThis as Dom;
        const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
        const opened = world.open('https://example.com/');
        const link = world.document.createElement('a');
        link.href = '/app.js';
        link.download = 'stolen.js';
        link.click();
        const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'persistent-storage'];
        const states = [];
        for (const name of names) states.push((await world.navigator.permissions.query({ name })).state);
        const located = await new Promise((resolve) =>
          world.navigator.geolocation.getCurrentPosition(
            () => resolve('located'),
            () => resolve('refused'),
          ),
        );
        const media = await world.navigator.mediaDevices.getUserMedia({ audio: true }).then(
          () => 'got',
          () => 'refused',
        );
        for (const url of [
          'https://example.com/',
          'http://127.0.0.1:1/',
          'file:///etc/passwd',
          'data:text/html,x',
          'javascript:document.title="owned"',
        ]) {
          world.location.href = url;
          await pause(150);
        }
        return { opened: opened === null || opened.closed, states, located, media, title: world.document.title };
      });
      assert.deepEqual(report, {
        opened: true,
        states: Array.from({ length: 6 }, () => 'denied'),
        located: 'refused',
        media: 'refused',
        title: 'contract',
      });
      assert.equal(await harness.inPage(window, () => (globalThis as Dom).location.href as string), before);
      window.close();
    },
  },
];
