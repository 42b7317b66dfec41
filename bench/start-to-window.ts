import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { freePort, makeFolder, until } from '../test/world/services.ts';
import { report } from './report.ts';

const root = join(import.meta.dirname, '..');

/** From `npm start` (built, seeded before) to a window that takes a sign-in; the first start with its seeding is told apart. */
export async function benchStart(rounds: number): Promise<void> {
  const [data, keys] = [makeFolder('bench-data'), makeFolder('bench-keys')];
  const times: number[] = [];
  try {
    for (let round = 0; round <= rounds; round++) times.push(await startOnce(data.path, keys.path));
  } finally {
    data.remove();
    keys.remove();
  }
  report('npm start to a window that takes a sign-in, first start with seeding', times.slice(0, 1));
  report('npm start to a window that takes a sign-in', times.slice(1));
}

async function startOnce(dataDir: string, keyDir: string): Promise<number> {
  const [serverPort, dicomPort, debugPort] = [await freePort(), await freePort(), await freePort()];
  const fromMs = performance.now();
  const child = spawn('xvfb-run', ['-a', process.execPath, join(root, 'start.js')], {
    env: {
      ...process.env,
      PRAXIS_DATA: dataDir,
      PRAXIS_KEY_DIR: keyDir,
      PRAXIS_SERVER_PORT: String(serverPort),
      PRAXIS_DICOM_PORT: String(dicomPort),
      PRAXIS_DEBUG_PORT: String(debugPort),
    },
    stdio: 'ignore',
    detached: true,
  });
  const exited = once(child, 'exit');
  try {
    const browser = await until(
      'the window’s browser',
      () => chromium.connectOverCDP(`http://127.0.0.1:${debugPort}`),
      180_000,
    );
    const page = await until('the window', async () =>
      browser
        .contexts()
        .flatMap((context) => context.pages())
        .find((one) => one.url().startsWith('https://')),
    );
    await page.locator('input[type=password]').waitFor({ timeout: 180_000 });
    const tookMs = performance.now() - fromMs;
    await browser.close().catch(() => undefined);
    return tookMs;
  } finally {
    if (child.pid) process.kill(-child.pid, 'SIGINT');
    await exited;
  }
}
