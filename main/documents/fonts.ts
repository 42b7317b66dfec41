import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { FontPaths } from '../../shared/documents/layout/glyphs.ts';

const FILES = {
  latin: { folder: 'noto-sans', name: 'NotoSans' },
  arabic: { folder: 'ibm-plex-sans-arabic', name: 'IBMPlexSansArabic' },
  japanese: { folder: 'noto-sans-jp', name: 'NotoSansJP' },
  korean: { folder: 'noto-sans-kr', name: 'NotoSansKR' },
} as const;

/**
 * Paths of the document fonts: flat in `<resources>/fonts` in a packed workstation (Electron's `process.resourcesPath`), else in
 * the font packages in node_modules. Throws, naming the file, where one is not there.
 */
export function documentFonts(resourcesPath: string | undefined = packedResources()): FontPaths {
  const path = (family: keyof typeof FILES, face: '400Regular' | '700Bold'): string => {
    const { folder, name } = FILES[family];
    const file = `${name}_${face}.ttf`;
    const packed = resourcesPath === undefined ? undefined : join(resourcesPath, 'fonts', file);
    const found =
      packed !== undefined && existsSync(packed) ? packed : packagePath(`@expo-google-fonts/${folder}/${face}/${file}`);
    if (!existsSync(found)) throw new Error(`document font is missing: ${file}`);
    return found;
  };
  const faces = (family: keyof typeof FILES): { regular: string; bold: string } => ({
    regular: path(family, '400Regular'),
    bold: path(family, '700Bold'),
  });
  return { latin: faces('latin'), arabic: faces('arabic'), japanese: faces('japanese'), korean: faces('korean') };
}

function packedResources(): string | undefined {
  return (process as { resourcesPath?: string }).resourcesPath;
}

function packagePath(specifier: string): string {
  try {
    return createRequire(import.meta.url).resolve(specifier);
  } catch {
    return specifier;
  }
}
