import { randomBytes } from 'node:crypto';
import { installMainWorld } from './main-world.ts';
import { createFrameJoiner, cutFrames, maxFrameChars } from './message-frames.ts';
import { createPreloadWorld } from './preload-world.ts';
import { type BytesAsText, createWireCodec } from './wire-codec.ts';

/** Name of the isolated world the preload runs in; the binding exists in worlds of this name alone. */
export const preloadWorldName = 'praxis-preload';

/** Node's half of the codec. */
export const nodeBytesAsText: BytesAsText = {
  toText: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  fromText: (text) => new Uint8Array(Buffer.from(text, 'base64')),
};

const browserBytesAsText = '{ toText: (bytes) => bytes.toBase64(), fromText: (text) => Uint8Array.fromBase64(text) }';

export type InjectedScripts = { main: string; preload: string; bindingName: string; receiverName: string };

/**
 * The two scripts that stand in for Electron's preload, for `Page.addScriptToEvaluateOnNewDocument`: ours in the main
 * world, and `preload.cjs` unchanged in the isolated one with a `require` that knows `electron` alone. Both do nothing in
 * a sub-frame, as Electron's preload. The token is fresh per window.
 */
export const makeInjectedScripts = (preloadSource: string): InjectedScripts => {
  const token = `praxis${randomBytes(12).toString('hex')}`;
  const bindingName = `${token}Post`;
  const receiverName = `${token}Receive`;
  const main = `(() => {
if (globalThis !== globalThis.top) return;
(${String(installMainWorld)})(globalThis, ${JSON.stringify(token)});
})();`;
  const preload = `(() => {
if (globalThis !== globalThis.top) return;
const post = globalThis[${JSON.stringify(bindingName)}];
const electron = (${String(createPreloadWorld)})({
  page: globalThis,
  token: ${JSON.stringify(token)},
  codec: (${String(createWireCodec)})(${browserBytesAsText}),
  post,
  joiner: (${String(createFrameJoiner)})(32, 256),
  cutFrames: ${String(cutFrames)},
  maxFrameChars: ${maxFrameChars},
  onReady: (receive) => { globalThis[${JSON.stringify(receiverName)}] = receive; },
});
const require = (name) => {
  if (name !== 'electron') throw new Error('module not found: ' + name);
  return electron;
};
const module = { exports: {} };
(function (require, module, exports) {
${preloadSource}
})(require, module, module.exports);
})();`;
  return { main, preload, bindingName, receiverName };
};
