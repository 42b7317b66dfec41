/** The workstation's cabinet, RxDB over encrypted SQLite, under the suite that the server's runs too. */
import { afterAll } from 'vitest';
import type { Cabinet } from '../../main/cabinet/cabinet.ts';
import { openCabinet } from '../../main/cabinet/cabinet.ts';
import { openEncryptedFile } from '../../main/cabinet/sqlite/open-file.ts';
import { makeFolder } from '../world/services.ts';
import { join } from 'node:path';
import { cabinetKinds, describeCabinet } from './cabinet.ts';

const folder = makeFolder('cabinet');
let cabinet: Cabinet | undefined;
afterAll(async () => {
  await cabinet?.close();
  folder.remove();
});

describeCabinet('workstation, RxDB over encrypted SQLite', async () => {
  const opened = openEncryptedFile({ file: join(folder.path, 'store.db'), keyHex: 'cd'.repeat(32) });
  if (!opened.ok) throw new Error(opened.error.code);
  const open = await openCabinet(opened.value, cabinetKinds);
  cabinet = open;
  let number = 0;
  return {
    write: async (written) =>
      open.write(
        written.map(({ kind, id, after }) => ({ kind, id, doc: after, number: ++number })),
        'test',
      ),
    read: (work) => work(open.reader),
  };
});
