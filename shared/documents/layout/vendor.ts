// oxlint-disable-next-line typescript/triple-slash-reference -- ambient types can not be imported
/// <reference path="./untyped-packages.d.ts" />
import bidiFactory, { type Bidi } from 'bidi-js';
import { openSync, type FontkitFont } from 'fontkit';
import pdfmake from 'pdfmake';
import ElementWriterModule from 'pdfmake/js/ElementWriter.js';
import LineModule from 'pdfmake/js/Line.js';

/** The only door to the packages this folder stands on, with the types that they lack. */
export { openSync, pdfmake };
export type { FontkitFont };
type Internal = { prototype?: Record<string, unknown> };
/** Node hands out the CommonJS module, bundlers and vitest its default: take the class from either. */
const classOf = (module: unknown): Internal | undefined =>
  (module as { default?: Internal }).default ?? (module as Internal);
export const ElementWriter = classOf(ElementWriterModule);
export const LineClass = classOf(LineModule) as (new (maxWidth: number) => Record<string, unknown>) | undefined;
/** UAX 9 (Unicode 13). Its types describe an ES module, but Node hands out the CommonJS function itself. */
const createBidi: unknown = bidiFactory;
export const bidi: Bidi = (createBidi as () => Bidi)();
