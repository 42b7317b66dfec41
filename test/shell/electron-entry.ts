import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { BrowserWindow, dialog } from 'electron';
import { createElectronHost } from '../../main/shell/electron/create-electron-host.ts';
import { prepareElectron } from '../../main/shell/electron/prepare-electron.ts';
import { prepareContract } from './contract.ts';
import type { Harness } from './contract-harness.ts';
import { createPretendPrinter } from '../world/pretend-printer.ts';

// Runs inside Electron: every case of the contract, one JSON line each, for electron.test.ts to read.
const [dataDir = '', keyDir = '', preloadFile = ''] = process.argv.slice(-3);
const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

const exportDir = join(dataDir, '..', `${basename(dataDir)}-exports`);
await mkdir(exportDir, { recursive: true });
const prepared = prepareElectron(dataDir);
if (!prepared.ok) throw new Error(prepared.problem.message);

/** After the evaluation of this module: Electron is ready only then. */
async function runContract(): Promise<void> {
  const host = await createElectronHost({ keyDir, exportDir, preloadFile });
  // Nobody sits before the dialog: it is answered with the proposed name, or a free one beside it.
  let asked = 0;
  dialog.showSaveDialog = async (...args: unknown[]) => {
    const { defaultPath = '' } = args.at(-1) as { defaultPath?: string };
    return { canceled: false, filePath: asked++ === 0 ? defaultPath : defaultPath.replace('.', `-${asked}.`) };
  };
  const printer = createPretendPrinter(join(exportDir, 'bin'));
  process.env['PATH'] = printer.folder;
  const harness: Harness = {
    host,
    inPage: async (window, script, argument) => {
      const call = `(${String(script)})({ praxis: window.praxis, fetch: window.fetch.bind(window) }, ${JSON.stringify(argument) ?? 'undefined'})`;
      const source = `new Promise((done, failed) => setTimeout(async () => { try { done(await ${call}); } catch (error) { failed(error); } }))`;
      return await BrowserWindow.fromId(window.windowId)?.webContents.executeJavaScript(source);
    },
    savedBytes: async (path) => new Uint8Array(await readFile(path)),
    savedNames: () => readdir(exportDir),
    setPrinter: async (name) => printer.setPrinter(name),
    printedBytes: async () => printer.printedBytes(),
    // Electron runs no preload in a sub-frame (nodeIntegrationInSubFrames is off), so there is no bridge to ask with.
    askFromSubFrame: async (window) => {
      const contents = BrowserWindow.fromId(window.windowId)?.webContents;
      await contents?.executeJavaScript(`document.body.append(document.createElement('iframe'))`);
      const type = String(await contents?.mainFrame.frames[0]?.executeJavaScript('typeof window.praxis'));
      return type === 'undefined' ? 'no bridge' : type;
    },
  };
  const cases = prepareContract(host);
  await host.openWindow({ title: 'stays', width: 400, height: 300, path: '/' });
  for (const one of cases) {
    const failure = await one.run(harness).then(
      () => null,
      (error: Error) => error.message,
    );
    say({ name: one.name, failure });
  }
  await host.quit();
}

void runContract();
