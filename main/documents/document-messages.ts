import type { DocumentLanguage } from '../../shared/documents/labels/labels.ts';
import type { MissingGlyph } from '../../shared/documents/layout/glyphs.ts';
import type { DocumentKind } from '../../shared/documents/templates.ts';

/** Why no document came: never with a value from the data in it. */
export type DocumentFailure =
  | { ok: false; code: 'bad_input'; problems: { at: string; why: string }[] }
  | { ok: false; code: 'missing_glyphs'; missing: MissingGlyph[] }
  | { ok: false; code: 'bad_image'; blocks: string[] }
  | { ok: false; code: 'timed_out' | 'closed' | 'failed' };
export type MakeResult = { ok: true; bytes: Uint8Array; sha256: string } | DocumentFailure;

export type MakeRequest = { requestId: number; kind: DocumentKind; data: unknown; lang: DocumentLanguage };
export type MakeAnswer = { requestId: number; result: MakeResult };
