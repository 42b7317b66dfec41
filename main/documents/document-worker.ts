import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { createDocumentRenderer } from '../../shared/documents/layout/render.ts';
import type { FontPaths } from '../../shared/documents/layout/glyphs.ts';
import { buildDocument } from '../../shared/documents/templates.ts';
import type { MakeAnswer, MakeRequest, MakeResult } from './document-messages.ts';

/** The thread that lays out documents: layout blocks for up to half a second, and must block nobody. One request at a time. */
const port = parentPort;
if (!port) throw new Error('document-worker runs as a worker thread');
const { fonts } = workerData as { fonts: FontPaths };
const renderer = createDocumentRenderer({ fonts });

port.on('message', (request: MakeRequest) => {
  void answer(request);
});

async function answer(request: MakeRequest): Promise<void> {
  const result = await make(request).catch((): MakeResult => ({ ok: false, code: 'failed' }));
  const message: MakeAnswer = { requestId: request.requestId, result };
  port?.postMessage(message, result.ok ? [result.bytes.buffer as ArrayBuffer] : []);
}

async function make({ kind, data, lang }: MakeRequest): Promise<MakeResult> {
  const built = buildDocument(kind, data, lang);
  if (!built.ok) return built;
  const { definition, title, createdAtUtc } = built.document;
  const rendered = await renderer.render(definition, { title, createdAtUtc, lang });
  if (!rendered.ok) return rendered;
  return { ok: true, bytes: rendered.bytes, sha256: createHash('sha256').update(rendered.bytes).digest('hex') };
}
