import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { documentFonts } from './fonts.ts';

test('from source the fonts come from their packages, regular and bold of four families', () => {
  const paths = Object.values(documentFonts(undefined)).flatMap((faces) => [faces.regular, faces.bold]);
  expect(paths).toHaveLength(8);
  expect(paths.every((path) => path.includes('@expo-google-fonts') && path.endsWith('.ttf'))).toBe(true);
});

test('packed, a font in the resources folder wins', () => {
  const resources = mkdtempSync(join(tmpdir(), 'praxis-fonts-'));
  mkdirSync(join(resources, 'fonts'));
  const packed = join(resources, 'fonts', 'NotoSans_400Regular.ttf');
  writeFileSync(packed, '');
  expect(documentFonts(resources).latin.regular).toBe(packed);
  rmSync(resources, { recursive: true });
});
