/**
 * The DICOM door as a process of its own: no bytes from a scanner can take the window or the store down, and scanners are answered
 * while the store restarts. It knows the last worklist and devices it was told, and tells what it received until the store
 * acknowledges it (see process-messages.ts).
 */
import { createDiskSpaceReader } from './disk-space.ts';
import { createDoor, type Door } from './door.ts';
import { createOutbox } from './outbox.ts';
import { connectParent, type ParentPort } from '../shell/parent-port.ts';
import type { WorklistStep } from './ports.ts';
import { type DoorMessage, parentMessage, type StartMessage } from './process-messages.ts';
import { answerWorklistQuery } from './worklist/answer.ts';

type Running = { door: Door; outbox: ReturnType<typeof createOutbox>; steps: WorklistStep[]; clockOffsetMs: number };

function runDoor(parent: ParentPort): void {
  const post = (message: DoorMessage): void => parent.post(message);
  let running: Running | undefined;
  let isStarting = false;

  const start = async (message: StartMessage): Promise<void> => {
    if (isStarting) return;
    isStarting = true;
    const clock = (): number => Date.now() + (running?.clockOffsetMs ?? clockOffsetMs);
    const { objectKeyBase64: key, steps, drainedThrough, timeZone, clockOffsetMs, ...rest } = message;
    const dates = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    const todayDate = (): string => dates.format(clock()).replaceAll('-', '');
    const outbox = createOutbox({
      drainedThrough,
      readJournal: (fromSeq, limit) => door.readJournal(fromSeq, limit),
      post,
    });
    const door = createDoor({
      ...rest,
      key,
      clock,
      freeDiskBytes: createDiskSpaceReader(message.objectFolder, () => performance.now()),
      findWorklist: (identifier, device) =>
        answerWorklistQuery(identifier, running?.steps ?? steps, device, todayDate()),
      // A received object stands in the journal already: the outbox tells it from there, in order.
      onEvent: (event) => (event.kind === 'received' ? outbox.pump() : outbox.addEvent(event)),
      log: (entry) => post({ type: 'log', entry }),
    });
    running = { door, outbox, steps, clockOffsetMs };
    const listening = await door.listen();
    if (!listening.ok) {
      post({ type: 'failed', code: listening.code, why: listening.why });
      return;
    }
    post({ type: 'listening', port: listening.port, report: listening.report });
    outbox.pump();
  };

  const stop = async (): Promise<void> => {
    await running?.door.close();
    post({ type: 'stopped' });
    // The channel to the parent would keep the process alive.
    setImmediate(() => process.exit(0));
  };

  parent.onMessage((raw) => {
    const parsed = parentMessage.safeParse(raw);
    if (!parsed.success) {
      const where = parsed.error.issues[0]?.path.join('.') ?? '';
      post({ type: 'log', entry: { level: 'error', code: 'bad_parent_message', why: `does not fit at "${where}"` } });
      return;
    }
    const message = parsed.data;
    if (message.type === 'start') void start(message);
    if (message.type === 'stop') void stop();
    if (running === undefined) return;
    if (message.type === 'devices') running.door.setDevices(message.devices);
    if (message.type === 'worklist') running.steps = message.steps;
    if (message.type === 'clock') running.clockOffsetMs = message.offsetMs;
    if (message.type === 'drained') running.outbox.drained(message.drainedThrough, message.eventsThrough);
    if (message.type === 'resume') running.outbox.resume(message.drainedThrough);
  });
  parent.onDisconnect(() => void stop());
}

const parent = connectParent();
if (parent === undefined) throw new Error('the DICOM door is started by the workstation, not by hand');
runDoor(parent);
