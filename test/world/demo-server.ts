/** The built server with the demo clinic, which is seeded once per run of the tests. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { copyPrepared } from './prepared-folder.ts';
import type { Service } from './services.ts';
import { startService } from './services.ts';

/** Starts it on the folder `data`; where that is new, the demo clinic of today is put there first. */
export async function startDemoServer(data: string, env: Record<string, string>): Promise<Service> {
  if (!existsSync(data)) await copyPrepared(`demo-${daysOfTheClinics()}`, seed, data);
  return startService('server/main.js', ['--data', data], env);
}

/** The demo is made around today: a run that goes past midnight at one of its locations seeds again. */
const daysOfTheClinics = (): string =>
  ['Asia/Jakarta', 'Europe/Amsterdam'].map((timeZone) => new Date().toLocaleDateString('sv', { timeZone })).join('-');

async function seed(folder: string): Promise<void> {
  const server = await startService('server/main.js', ['--data', folder], {
    PRAXIS_DATA: dirname(folder),
    PRAXIS_SERVER_PORT: '0',
  });
  await server.stop();
}
