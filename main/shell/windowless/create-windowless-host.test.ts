import { expect, test } from 'vitest';
import { createWindowlessHost } from './create-windowless-host.ts';

test('nobody sits in front: nothing is saved and nothing printed', async () => {
  const host = createWindowlessHost({ keyDir: '/nowhere' });
  const chunks = (async function* () {
    yield new Uint8Array([1]);
  })();
  expect(await host.saveFile({ name: 'image-1.dcm', chunks }, 1)).toEqual({ ok: false, code: 'no-window' });
  const paper = { title: 'Praxis report', bytes: new Uint8Array([1]) };
  expect(await host.printPaper(paper, 1)).toEqual({ ok: false, code: 'no-window' });
});
