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
  const openWith = async (kinds: typeof cabinetKinds): Promise<Cabinet> => {
    const opened = openEncryptedFile({ file: join(folder.path, 'store.db'), keyHex: 'cd'.repeat(32) });
    if (!opened.ok) throw new Error(opened.error.code);
    cabinet = await openCabinet(opened.value, kinds);
    return cabinet;
  };
  let open = await openWith(cabinetKinds);
  let number = 0;
  return {
    write: async (written) =>
      open.write(
        written.map(({ kind, id, after }) => ({ kind, id, doc: after, number: ++number })),
        'test',
      ),
    read: (work) => work(open.reader),
    reopen: async (kinds) => {
      await open.close();
      open = await openWith(kinds);
    },
  };
});
