import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from './door-fixture.ts';
import { associate, echoRequest, statusOf, storeRequest } from './raw-peer.ts';

type Heard = { port?: number; why?: string; journalled?: string[]; parts?: number; objects?: number };

/** A file system of its own for one process; not every build machine allows that. */
const mayMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

describe('a full disk', () => {
  it.skipIf(!mayMount)(
    'is answered with A700; nothing is kept by halves and what was acknowledged is kept',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'praxis-full-'));
      const entry = join(import.meta.dirname, 'full-disk-door.ts');
      const script = 'mount -t tmpfs -o size=4m none "$1" && exec "$2" "$3" "$1"';
      const child = spawn('unshare', ['-rm', 'sh', '-c', script, 'sh', folder, process.execPath, entry], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      const heard: Heard[] = [];
      let wake = (): void => {};
      child.on('message', (message) => {
        heard.push(message as Heard);
        wake();
      });
      const hear = async (has: (message: Heard) => boolean): Promise<Heard> => {
        for (;;) {
          const found = heard.find(has);
          if (found) return found;
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      };
      const { port } = await hear((message) => message.port !== undefined);
      const peer = await associate(port ?? 0);
      const statuses: (number | undefined)[] = [];
      const acknowledged: string[] = [];
      for (let index = 1; index <= 12; index += 1) {
        const dataset = randomBytes(index % 4 === 0 ? 60_000 : 700_000);
        peer.send(storeRequest(`1.2.${index}`, dataset));
        const status = statusOf(await peer.next());
        statuses.push(status);
        if (status === 0) acknowledged.push(sha256(dataset));
      }
      peer.send(echoRequest());
      expect(statusOf(await peer.next())).toBe(0);
      peer.socket.destroy();
      child.send('report');
      const report = await hear((message) => message.journalled !== undefined);
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
      expect(new Set(statuses)).toEqual(new Set([0, 0xa700]));
      expect(heard.some(({ why }) => why === 'ENOSPC')).toBe(true);
      expect(report).toMatchObject({ journalled: acknowledged, parts: 0, objects: acknowledged.length });
    },
  );
});
