import type { z } from 'zod';
import {
  commandRequestSchema,
  draftRequestSchema,
  sessionRequestSchema,
  stationRequestSchema,
  storedRequestSchema,
  REDO_COMMAND,
  UNDO_COMMAND,
  viewCloseSchema,
  viewRequestSchema,
} from '../../shared/ipc/contract.ts';
import type { CommandAnswer, CommandRequest, DraftRequest, StationRequest } from '../../shared/ipc/contract.ts';
import type { Device } from '../../shared/devices/schema.ts';
import type { Author } from '../../shared/kernel/command.ts';
import { idSchema } from '../../shared/kernel/id.ts';
import { law } from '../../shared/law.ts';
import { proofWithinMin } from '../../shared/organizations/settings-facts.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { violation } from '../../shared/kernel/violation.ts';
import { locateFile } from '../vault/locate-file.ts';
import { keepPicture } from '../documents/keep-picture.ts';
import { undoneOf } from './desk/undone.ts';
import { doAsManager } from './manager-actions.ts';
import { makeDocument } from '../documents/make-document.ts';
import type { Station } from './station.ts';
import { checkOf, deviceLogOf, settingsOf } from './station-answers.ts';

const BREAK_GLASS = 'stations/break-glass';

/** Nothing but `session` is answered while nobody is signed in; the screen shows the lock. */
class LockedError extends Error {
  override name = 'LockedError';
  readonly code = 'locked';
}

/** One request of a window, checked by its schema at this door. Throws `{ code }` for what has no answer of its own. */
export async function handleRequest(
  station: Station,
  windowId: number,
  channel: string,
  payload: unknown,
): Promise<unknown> {
  if (channel === 'session') {
    const failure = await station.sessions.handle(windowId, parse(sessionRequestSchema, payload));
    return { state: station.sessions.state(windowId), failure };
  }
  const author = station.sessions.author(windowId);
  if (channel === 'view.open') {
    const { viewId, name, params } = parse(viewRequestSchema, payload);
    const patientId = typeof params['patientId'] === 'string' ? params['patientId'] : null;
    if (author && patientId) station.noteOpened(patientId);
    return station.views.open(windowId, author, viewId, name, params);
  }
  if (channel === 'view.close') return station.views.close(windowId, parse(viewCloseSchema, payload).viewId);
  if (channel === 'station') {
    const request = parse(stationRequestSchema, payload);
    return request.do === 'sync' ? station.postman.state() : onStation(station, request, present(author));
  }
  if (channel === 'command.run')
    return runCommand(station, windowId, parse(commandRequestSchema, payload), present(author));
  if (channel === 'draft') return onDraft(station, parse(draftRequestSchema, payload), present(author));
  if (channel === 'document') {
    const request = parse(storedRequestSchema, payload);
    const by = present(author);
    return request.do === 'make' ? makeDocument(station, request, by) : keepPicture(station, request, by);
  }
  if (channel === 'file') return locateFile(station, payload, present(author));
  throw Object.assign(new Error('unknown channel'), { code: 'unknown-channel' });
}

function parse<T>(schema: z.ZodType<T>, payload: unknown): T {
  const parsed = schema.safeParse(payload);
  if (!parsed.success) throw Object.assign(new Error('malformed request'), { code: 'malformed' });
  return parsed.data;
}

function present(author: Author | undefined): Author {
  if (!author) throw new LockedError('locked');
  return author;
}

async function runCommand(
  station: Station,
  windowId: number,
  request: CommandRequest,
  author: Author,
): Promise<CommandAnswer> {
  const breaksGlass = request.name === BREAK_GLASS;
  if (station.sessions.isReadOnly() && !breaksGlass && !station.sessions.isGlassBroken(windowId))
    return { ok: false, violations: [violation('ACCESS-3', 'read-only-station')] };
  const proof = law.commands[request.name]?.needsProof;
  const asksProof = proof === 'always' || (proof === 'with-reason' && request.reason !== null);
  if (asksProof && !station.sessions.isProven(windowId, await proofWithinMin(station.cabinet.reader)))
    return { ok: false, violations: [violation('ACCESS-4', 'proof-needed')] };
  const setId = idSchema.safeParse(request.input['setId']);
  const isRedo = request.name === REDO_COMMAND;
  const answer = isRedo
    ? await station.desk.redo(author)
    : request.name === UNDO_COMMAND
      ? await station.desk.undo(setId.success ? setId.data : null, author)
      : await station.desk.run(
          {
            name: request.name,
            input: request.input,
            author,
            seen: request.seen as Record<string, Doc>,
            reason: request.reason,
          },
          'person',
          request.actionId,
        );
  if (!answer.ok) return { ok: false, violations: answer.error };
  if (breaksGlass) station.sessions.breakGlass(windowId, author.id);
  const linked = answer.value.written.find((one) => one.kind === 'study');
  if (linked) void station.imaging.fileRest(linked.id);
  const undoing = isRedo || request.name === UNDO_COMMAND ? station.log.get(answer.value.setId)?.set : undefined;
  const find = (kind: string, id: string): Doc | undefined => station.cabinet.getHeld(kind, id)?.doc;
  const undone = undoing ? { ...undoneOf(undoing, find), redone: isRedo } : null;
  return { ok: true, ...answer.value, undone };
}

function onDraft(station: Station, request: DraftRequest, author: Author): unknown {
  switch (request.do) {
    case 'save': {
      const { key, patientId, body, seen } = request;
      return { savedAtUtc: station.drafts.save(author.id, { key, patientId, body, seen }) };
    }
    case 'load':
      return station.drafts.load(author.id, request.key);
    case 'discard':
      return station.drafts.discard(author.id, request.key);
    case 'list':
      return { drafts: station.drafts.list(author.id) };
  }
}

async function onStation(station: Station, request: StationRequest, author: Author): Promise<unknown> {
  switch (request.do) {
    case 'syncNow':
      station.postman.wake();
      return station.postman.state();
    case 'settings':
      return settingsOf(station);
    case 'echo': {
      const device = station.cabinet.getHeld('device', request.deviceId)?.doc as Device | undefined;
      if (!device) return { ok: false, code: 'unreachable', why: '' };
      return station.ask({ what: 'echo', host: device.host, port: device.port, calledAeTitle: device.aeTitle });
    }
    case 'deviceLog':
      return deviceLogOf(station, request.deviceId);
    case 'newEnrolCode':
    case 'revokeStation':
      return doAsManager(station, author, request);
    case 'check':
      if (!author.permissions.has('settings.write'))
        return { checks: [{ name: 'not-permitted', ok: false, detail: '' }] };
      return checkOf(station);
    default:
      throw Object.assign(new Error('not now'), { code: 'already-enrolled' });
  }
}
