import { createRxDatabase } from 'rxdb';
import type { RxCollection } from 'rxdb';
import { openEncryptedFile } from '../../main/cabinet/sqlite/open-file.ts';
import { ownInstanceOf } from '../../main/cabinet/rx-storage/own-instance.ts';
import { createSqliteRxStorage } from '../../main/cabinet/rx-storage/storage.ts';

/** The victim of `kill-nine.test.ts`: writes turns over three collections and an own table, and says each that is acknowledged. */
const [file = '', keyHex = '', run = ''] = process.argv.slice(2);
const opened = openEncryptedFile({ file, keyHex, walAutocheckpointPages: 50 });
if (!opened.ok) throw new Error(opened.error.code);
const db = opened.value;
db.exec('create table if not exists outbox(id text primary key)');
const storage = createSqliteRxStorage(db);
const database = await createRxDatabase({ name: 'kill', storage, multiInstance: false });
const schema = {
  version: 0,
  type: 'object',
  primaryKey: 'id',
  properties: { id: { type: 'string', maxLength: 40 }, text: { type: 'string' } },
} as const;
const collections = await database.addCollections({ a: { schema }, b: { schema }, c: { schema } });
const instances = Object.values(collections).map((collection) => ownInstanceOf(collection as RxCollection));
const outbox = db.prepare('insert into outbox values(?)');

for (let n = 0; ; n++) {
  const id = `${run}-${n}`;
  const rows = [{ document: { id, text: 'Mustermann-geheim '.repeat(20) } }];
  storage.writeTogether(
    instances.map((instance) => ({ instance, rows })),
    () => void outbox.run(id),
  );
  process.stdout.write(`${id}\n`);
  if (n % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
}
