import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { keyFolderFile, resetData } from './reset-data.ts';
import { readSettings } from './settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-reset-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('removes the data and only the keys that the data names', () => {
  const settings = readSettings({ PRAXIS_DATA: join(folder, 'data'), PRAXIS_KEY_DIR: join(folder, 'keys') });
  for (const place of [
    'data/server',
    'data/workstation-1',
    'data/logs',
    'data/holiday-photos',
    'keys/ws-a',
    'keys/ws-b',
    'precious',
  ]) {
    mkdirSync(join(folder, place), { recursive: true });
    writeFileSync(join(folder, place, 'file'), 'x');
  }
  writeFileSync(join(folder, 'data/workstation-1', keyFolderFile), 'ws-a\n');
  writeFileSync(join(folder, 'data/server', keyFolderFile), '../precious\n');
  resetData(settings);
  const left = ['data/server', 'data/workstation-1', 'data/logs', 'keys/ws-a'].filter((place) =>
    existsSync(join(folder, place)),
  );
  expect(left).toEqual([]);
  for (const place of ['data/holiday-photos', 'keys/ws-b', 'precious']) {
    expect(existsSync(join(folder, place, 'file'))).toBe(true);
  }
  resetData(readSettings({ PRAXIS_DATA: join(folder, 'nowhere') }));
});
