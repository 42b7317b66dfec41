import { createAppProtocol } from '../../main/shell/app-protocol/app-protocol.ts';
import type { RangedSource } from '../../main/shell/app-protocol/ranged-answer.ts';
import type { DesktopHost } from '../../main/shell/desktop-host.ts';

const oneGigabyte = 1024 ** 3;

/** The byte at a position of the made-up 1 GB object. */
export const patternBytes = (start: number, end: number): Uint8Array => {
  const bytes = new Uint8Array(end - start);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = ((start + at) * 31 + Math.floor((start + at) / 8191)) & 255;
  return bytes;
};

const patternSource = (sizeBytes: number): RangedSource => ({
  sizeBytes,
  contentType: 'application/octet-stream',
  read: async function* ({ start, end }) {
    const step = 1024 * 1024;
    for (let at = start; at < end; at += step) yield patternBytes(at, Math.min(end, at + step));
  },
});

const index = `<!doctype html><html lang="en"><head><title>contract</title>
<style nonce="__CSP_NONCE__">#nonced { width: 11px; }</style><style>#inline { width: 22px; }</style>
<script type="module" src="/app.js"></script><script>window.inlineRan = true;</script></head>
<body><p id="nonced">a</p><p id="inline" style="height: 33px">b</p></body></html>`;

const worker = `import { base } from '/dep.js';
const wasm = await WebAssembly.instantiateStreaming(fetch('/add.wasm'));
const answer = await fetch('/objects/small', { headers: { range: 'bytes=10-19' } });
postMessage({ base, wasm: wasm.instance.exports.f(), status: answer.status, size: (await answer.arrayBuffer()).byteLength });`;

// (module (func (export "f") (result i32) i32.const 42))
const wasm = Buffer.from('AGFzbQEAAAABBQFgAAF/AwIBAAcFAQFmAAAKBgEEAEEqCw==', 'base64');

const file = (contentType: string, content: string | Uint8Array) => ({
  contentType,
  read: () => Promise.resolve(typeof content === 'string' ? new TextEncoder().encode(content) : content),
});

/** Serves the small app that the contract drives, with a 1 GB object made on the fly. */
export const serveContractApp = (host: DesktopHost): void => {
  const app = createAppProtocol(
    new Map([
      ['/index.html', file('text/html; charset=utf-8', index)],
      ['/app.js', file('text/javascript', 'window.appRan = true;')],
      ['/worker.js', file('text/javascript', worker)],
      ['/dep.js', file('text/javascript', 'export const base = 7;')],
      ['/add.wasm', file('application/wasm', wasm)],
    ]),
  );
  app.register('/objects/', ({ id }) => {
    const sizes: Record<string, number> = { big: oneGigabyte, small: 1_000 };
    const size = sizes[id];
    return Promise.resolve(size === undefined ? undefined : patternSource(size));
  });
  host.handleApp(app.handle);
};

/** What the contract's own handlers saw, for its assertions. */
export type Seen = { payloads: unknown[]; windowIds: number[] };

/** Registers the contract's handlers: echo, throw, bytes, and one whose answer cannot cross. */
export const handleContractChannels = (host: DesktopHost): Seen => {
  const seen: Seen = { payloads: [], windowIds: [] };
  host.handle('view.open', async (payload, sender) => {
    seen.payloads.push(payload);
    seen.windowIds.push(sender.windowId);
    return payload;
  });
  host.handle('command.run', async () => {
    const error = new RangeError('The slot is taken');
    throw Object.assign(error, { patient: 'must not cross' });
  });
  host.handle('document', async (payload) => new Uint8Array((payload as { size: number }).size).fill(7));
  host.handle('draft', async () => ({ notCloneable: () => 1 }));
  return seen;
};
