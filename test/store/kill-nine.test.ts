import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openEncryptedFile } from '../../main/cabinet/sqlite/open-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-kill-'));
const file = join(folder, 'store.db');
const keyHex = randomBytes(32).toString('hex');
const writer = fileURLToPath(new URL('turn-writer.ts', import.meta.url));

/** Runs the writer, kills it with SIGKILL some time after its first acknowledgement, and gives what it acknowledged. */
async function acknowledgedBeforeKill(run: number): Promise<string[]> {
  const child = spawn(process.execPath, [writer, file, keyHex, String(run)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (said === '') setTimeout(() => child.kill('SIGKILL'), (run * 13) % 90);
    said += text;
  });
  const signal = await new Promise((resolve) => child.on('close', (_, by) => resolve(by)));
  expect(signal).toBe('SIGKILL');
  // The last line may be cut: it was not acknowledged.
  return said.split('\n').slice(0, -1);
}

test('20 × kill -9: what was acknowledged is there, whole in all tables, and nothing is readable', async () => {
  const acknowledged: string[] = [];
  try {
    for (let run = 0; run < 20; run++) {
      acknowledged.push(...(await acknowledgedBeforeKill(run)));
      const readable = readdirSync(folder).filter((name) =>
        /Mustermann/.test(readFileSync(join(folder, name), 'latin1')),
      );
      expect(readable).toEqual([]);
      const opened = openEncryptedFile({ file, keyHex });
      if (!opened.ok) throw new Error(opened.error.code);
      const db = opened.value;
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      const tables = db
        .prepare<[], string>(`select 'rx_'||number from rx_table where name like '%"kill","_",%'`)
        .pluck()
        .all();
      expect(tables).toHaveLength(3);
      const idsIn = (table: string) => db.prepare<[], string>(`select id from ${table} order by id`).pluck().all();
      const outbox = idsIn('outbox');
      for (const table of tables) expect(idsIn(table)).toEqual(outbox);
      const stored = new Set(outbox);
      expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
      db.close();
    }
    expect(acknowledged.length).toBeGreaterThan(100);
    console.log(`kill -9 × 20: ${acknowledged.length} turns acknowledged, none lost`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
