import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { BrowserWindow, session } from 'electron';
import { appOrigin } from '../app-protocol/security-headers.ts';
import type { OutgoingPaper, PrintOutcome } from '../desktop-host.ts';
import { printByLp } from '../print-by-lp.ts';
import { guardSession } from './guards.ts';

/** CUPS where it is (Linux, macOS): on the default printer, without a question. */
const hasLp = (): boolean =>
  process.platform !== 'win32' &&
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, 'lp')));

/**
 * Prints a PDF: by `lp` where there is one, else by the system's own print dialog over a hidden window that holds the paper in
 * memory, in a session of its own. Not run in this repository's tests where there is no Electron binary.
 */
export async function printPaper(paper: OutgoingPaper, owner: BrowserWindow | null): Promise<PrintOutcome> {
  if (hasLp()) return await printByLp(paper, process.env);
  if (owner === null || (await owner.webContents.getPrintersAsync()).length === 0)
    return { ok: false, code: 'no-printer' };
  const own = session.fromPartition(`print-${randomUUID()}`, { cache: false });
  guardSession(own);
  own.protocol.handle(
    'app',
    () => new Response(Buffer.from(paper.bytes), { headers: { 'content-type': 'application/pdf' } }),
  );
  const webPreferences = { session: own, sandbox: true, contextIsolation: true, nodeIntegration: false, plugins: true };
  const window = new BrowserWindow({ show: false, parent: owner, title: paper.title, webPreferences });
  try {
    await window.loadURL(`${appOrigin}/paper.pdf`);
    return await new Promise((resolve) => {
      window.webContents.print({ silent: false }, (isSpooled, why) => {
        if (isSpooled) return resolve({ ok: true, printer: null });
        resolve({ ok: false, code: /cancel/i.test(why) ? 'cancelled' : 'print-failed' });
      });
    });
  } finally {
    window.destroy();
  }
}
