// The parts of three untyped packages that this folder uses. pdfmake is pinned: ElementWriter and Line are its internals.

declare module 'pdfmake' {
  type PdfMake = {
    setFonts(fonts: Record<string, { normal: string; bold: string }>): void;
    setTableLayouts(layouts: Record<string, unknown>): void;
    setUrlAccessPolicy(policy: (url: string) => boolean): void;
    setLocalAccessPolicy(policy: (path: string) => boolean): void;
    createPdf(definition: Record<string, unknown>): { getBuffer(): Promise<Uint8Array> };
  };
  const pdfmake: PdfMake;
  export default pdfmake;
}

declare module 'pdfmake/js/ElementWriter.js' {
  const module: unknown;
  export default module;
}

declare module 'pdfmake/js/Line.js' {
  const module: unknown;
  export default module;
}

declare module 'fontkit' {
  export type FontkitFont = {
    hasGlyphForCodePoint(codePoint: number): boolean;
    layout(text: string): { direction: 'ltr' | 'rtl'; glyphs: { codePoints: number[] }[] };
  };
  export function openSync(path: string): FontkitFont;
}
