import type { DocumentDefinition } from './definition.ts';
import { createGlyphCoverage, type FontPaths, type MissingGlyph } from './glyphs.ts';
import { installLineOrder } from './line-order.ts';
import { TABLE_LAYOUTS } from './table-layouts.ts';
import { pdfmake } from './vendor.ts';
import { toPdfmake, type WalkContext } from './walk.ts';

export type RenderMeta = {
  /** Title in the file's properties: a document number, never a patient's name. */
  title: string;
  /** Stands in the file as its creation time, so that the same input gives the same bytes. */
  createdAtUtc: string;
  /** BCP 47 language of the document. */
  lang: string;
};
export type RenderResult =
  | { ok: true; bytes: Uint8Array }
  | { ok: false; code: 'missing_glyphs'; missing: MissingGlyph[] }
  | { ok: false; code: 'bad_image'; blocks: string[] };
export type DocumentRenderer = {
  /**
   * Lays a definition out as PDF 1.7. The same input gives the same bytes. A character that no font draws, or a picture that is
   * neither JPEG nor PNG, comes back as a failure that names it and its block; nothing is drawn. A broken definition throws.
   */
  render(definition: DocumentDefinition, meta: RenderMeta): Promise<RenderResult>;
};

/** A renderer over the given TTF files; nothing but these files is read, and no address is ever fetched. One document at a time. */
export function createDocumentRenderer({ fonts }: { fonts: FontPaths }): DocumentRenderer {
  installLineOrder();
  const coverage = createGlyphCoverage(fonts);
  const families = Object.entries(fonts).map(([name, faces]) => [name, { normal: faces.regular, bold: faces.bold }]);
  const fontFiles = new Set(Object.values(fonts).flatMap((faces) => [faces.regular, faces.bold]));

  return {
    async render(definition, meta) {
      const context: WalkContext = { coverage, missing: new Map(), badImages: new Set() };
      const content = definition.content.map((node) => toPdfmake(node, context));
      const running = [definition.header, definition.footer].filter((part) => part !== undefined);
      for (const part of running) toPdfmake(part(1, 1), context, 'page header or footer');
      if (context.missing.size > 0)
        return { ok: false, code: 'missing_glyphs', missing: [...context.missing.values()] };
      if (context.badImages.size > 0) return { ok: false, code: 'bad_image', blocks: [...context.badImages] };

      pdfmake.setFonts(Object.fromEntries(families));
      pdfmake.setTableLayouts(TABLE_LAYOUTS);
      pdfmake.setUrlAccessPolicy(() => false);
      pdfmake.setLocalAccessPolicy((path) => fontFiles.has(path));
      const { header, footer } = definition;
      const pdf = pdfmake.createPdf({
        version: '1.7',
        pageSize: definition.pageSize,
        pageOrientation: definition.pageOrientation ?? 'portrait',
        pageMargins: [...definition.pageMargins],
        language: meta.lang,
        displayTitle: true,
        info: { title: meta.title, producer: 'Praxis', creator: 'Praxis', creationDate: new Date(meta.createdAtUtc) },
        defaultStyle: { font: 'latin', fontSize: definition.fontSize, color: '#16201f' },
        content,
        ...(header && { header: (page: number, pages: number) => toPdfmake(header(page, pages), context) }),
        ...(footer && { footer: (page: number, pages: number) => toPdfmake(footer(page, pages), context) }),
      });
      return { ok: true, bytes: new Uint8Array(await pdf.getBuffer()) };
    },
  };
}
