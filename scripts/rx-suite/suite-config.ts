/** Stands for the suite's own configuration: which storage runs, and what it claims to be able to do. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getConfig, setConfig } from 'rxdb/plugins/test-utils';
import { wrappedValidateAjvStorage } from 'rxdb/plugins/validate-ajv';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { describe } from 'vitest';
import { openEncryptedFile } from '../../main/cabinet/sqlite/open-file.ts';
import { createSqliteRxStorage } from '../../main/cabinet/rx-storage/storage.ts';

function openOurs() {
  const folder = mkdtempSync(join(tmpdir(), 'praxis-rx-suite-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const opened = openEncryptedFile({ file: join(folder, 'store.db'), keyHex: randomBytes(32).toString('hex') });
  if (!opened.ok) throw new Error(opened.error.code);
  return createSqliteRxStorage(opened.value);
}

const isOurs = process.env['RX_SUITE_STORAGE'] === 'praxis';
// One file for all cases of a process: databases of one name find each other's data, as on a disk.
const ours = isOurs ? wrappedValidateAjvStorage({ storage: openOurs() }) : undefined;
const open = () => ours ?? wrappedValidateAjvStorage({ storage: getRxStorageMemory() });
const storage = {
  name: isOurs ? 'praxis' : 'memory',
  getStorage: open,
  getPerformanceStorage: () => ({ description: 'praxis', storage: open() }),
  hasPersistence: true,
  hasMultiInstance: false,
  hasAttachments: false,
  hasReplication: true,
};

setConfig({ storage: storage as unknown as Parameters<typeof setConfig>[0]['storage'] });
export const suiteConfig = getConfig();
export const getStorage = (): typeof storage => storage;
export const describeParallel = describe;
export const getRootPath = (): string => `${process.cwd()}/`;
