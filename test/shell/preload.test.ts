import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { buildPreload } from '../../scripts/build-preload.ts';
import { channels, pushes } from '../../shared/ipc/channels.ts';
import { freshFolder } from './chromium-harness.ts';

test('the preload is one CommonJS file that requires electron and nothing else, and exposes two functions', async () => {
  const file = await buildPreload(freshFolder('preload'));
  expect(readdirSync(dirname(file))).toEqual(['preload.cjs']);
  const source = readFileSync(file, 'utf8');
  expect([...source.matchAll(/\brequire\(([^)]*)\)/g)].map((match) => match[1])).toEqual(['"electron"']);
  expect(source).not.toMatch(/^\s*(import|export)\b|\bimport\(/m);

  const required: string[] = [];
  const exposed: Record<string, Record<string, unknown>> = {};
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, api: Record<string, unknown>) => void (exposed[name] = api) },
    ipcRenderer: {},
  };
  // No Node global is there: what the sandbox does not give, the file must not use.
  runInNewContext(source, {
    require: (name: string) => (required.push(name), electron),
    module: { exports: {} },
    exports: {},
  });
  expect(required).toEqual(['electron']);
  expect(Object.keys(exposed)).toEqual(['praxis']);
  expect(Object.keys(exposed.praxis ?? {}).toSorted()).toEqual(['on', 'request']);
  for (const name of [...channels, ...pushes]) expect(source).toContain(`"${name}"`);
});
