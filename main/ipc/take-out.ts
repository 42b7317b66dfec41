import { basename, dirname } from 'node:path';
import type { TakenOut, TakeOutRequest } from '../../shared/ipc/contract.ts';
import type { Log } from '../log.ts';
import type { RangedSource } from '../shell/app-protocol/ranged-answer.ts';
import type { DesktopHost } from '../shell/desktop-host.ts';
import type { FileSources } from './serve-files.ts';

export type TakeOut = (request: TakeOutRequest, windowId: number) => Promise<TakenOut>;

/**
 * Papers and received files that leave the workstation because a person asked: printed, or saved as they are. The store says
 * whether that person may, as for viewing, and writes it down; the bytes never pass through the window. `not-found` also
 * stands for "may not": a window learns no more than that.
 */
export function createTakeOut(
  host: Pick<DesktopHost, 'saveFile' | 'printPaper'>,
  files: FileSources,
  log: Log,
): TakeOut {
  /** A file that does not decrypt, a disk that fails: one line in the log, one sentence for the person. */
  const failed = (error: unknown): TakenOut => {
    const code = error instanceof Error && /^[a-z-]{1,40}$/.test(error.message) ? error.message : 'io';
    log({ level: 'error', what: 'take-out-failed', code });
    return { ok: false, code: 'failed' };
  };

  const save = async (name: string, source: RangedSource, windowId: number): Promise<TakenOut> => {
    const outcome = await host.saveFile({ name, chunks: source.read(whole(source)) }, windowId);
    if (!outcome.ok) return outcome;
    return { ok: true, did: 'saved', fileName: basename(outcome.path), folder: dirname(outcome.path) };
  };
  const print = async (template: string, source: RangedSource, windowId: number): Promise<TakenOut> => {
    // Whole before anything goes to the spooler: half a paper must not be printed.
    const parts: Uint8Array[] = [];
    for await (const part of source.read(whole(source))) parts.push(part);
    const outcome = await host.printPaper({ title: `Praxis ${template}`, bytes: Buffer.concat(parts) }, windowId);
    return outcome.ok ? { ok: true, did: 'printed', printer: outcome.printer } : outcome;
  };
  const take: TakeOut = async (request, windowId) => {
    if (request.do === 'saveInstance') {
      const found = await files.instance(windowId, request.instanceId, 'save');
      if (!found) return { ok: false, code: 'not-found' };
      return save(`image-${found.number}.dcm`, found.source, windowId).catch(failed);
    }
    const found = await files.document(windowId, request.sha256, request.do);
    if (!found) return { ok: false, code: 'not-found' };
    if (request.do === 'print') return print(found.template, found.source, windowId).catch(failed);
    return save(`${found.template}-${request.sha256.slice(0, 8)}.pdf`, found.source, windowId).catch(failed);
  };
  return take;
}

const whole = (source: RangedSource) => ({ start: 0, end: source.sizeBytes });
