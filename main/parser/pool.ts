import { statSync } from 'node:fs';
import type { InstanceHeader } from '../../shared/imaging/instance-header.ts';
import { siblingEntry } from '../../shared/kernel/sibling-entry.ts';
import type { ChildProcess, DesktopHost } from '../shell/desktop-host.ts';
import { type ParserJob, parserAnswerSchema } from './parser-messages.ts';

export type ParseJob = {
  /** File of the encrypted dataset. */
  objectPath: string;
  /** The station's 32-byte object key. */
  key: Uint8Array;
  transferSyntaxUid: string;
};

export type ParseResult =
  | { ok: true; header: InstanceHeader }
  | { ok: false; reason: 'unreadable' | 'timeout' | 'crashed' }
  /** The pool was closed first: nothing is known of the object, which is read at the next start. */
  | { ok: false; reason: 'closed' };

export type ParserOptions = {
  startProcess: DesktopHost['startProcess'];
  /** Entry of the child; the real one unless a test has a reason. */
  entry?: URL;
  jobLimitMs?: number;
  /** For the first job of a child, which has to start. */
  firstJobLimitMs?: number;
  maxOldSpaceMb?: number;
};

export type Parser = {
  /** Reads one object's header; jobs are done one after the other, in order. Never throws, never waits longer than the limit. */
  parse(job: ParseJob): Promise<ParseResult>;
  /** Ends the child. Jobs that are not done are answered `closed`. */
  close(): void;
};

/** A long object has longer: most of it is looked through, of which a slow machine does so much in a second. */
const BYTES_PER_SECOND = 16 * 1024 * 1024;
const bytesOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

type Waiting = { jobId: number; job: ParseJob; resolve(result: ParseResult): void; hasCrashed: boolean };
type Child = { process: ChildProcess; hasAnswered: boolean };

/**
 * One child that reads objects and may die: a job over its time or its heap ends the child, the job is set aside with its reason and
 * the next one gets a new child. A death is laid to a job only when it happens again: the first may have come from outside (the
 * system that ends all our processes, a heap that the job before had filled).
 */
export function createParser(options: ParserOptions): Parser {
  const entry = options.entry ?? new URL(siblingEntry(import.meta.url, './process'));
  const waiting: Waiting[] = [];
  let child: Child | undefined;
  let current: { waiting: Waiting; timer: NodeJS.Timeout } | undefined;
  let nextJobId = 1;
  let isClosed = false;

  const startChild = (): Child => {
    const started: Child = {
      process: options.startProcess(entry, [], { maxOldSpaceMb: options.maxOldSpaceMb ?? 512, name: 'dicom-parser' }),
      hasAnswered: false,
    };
    started.process.onMessage((message) => {
      if (child === started) onAnswer(started, message);
    });
    started.process.onExit(() => {
      if (child !== started) return;
      child = undefined;
      onDeath();
    });
    return started;
  };

  const onDeath = (): void => {
    if (current === undefined) return;
    const { waiting: job, timer } = current;
    if (job.hasCrashed) return finish({ ok: false, reason: 'crashed' });
    clearTimeout(timer);
    current = undefined;
    waiting.unshift({ ...job, hasCrashed: true });
    startNext();
  };

  const dropChild = (): void => {
    const dropped = child;
    child = undefined;
    dropped?.process.kill();
  };

  const onAnswer = (from: Child, message: unknown): void => {
    const answer = parserAnswerSchema.safeParse(message);
    if (!answer.success) {
      // A child that says what it should not is no longer ours.
      dropChild();
      finish({ ok: false, reason: 'unreadable' });
      return;
    }
    if (answer.data.jobId !== current?.waiting.jobId) return;
    from.hasAnswered = true;
    finish(answer.data.ok ? { ok: true, header: answer.data.header } : { ok: false, reason: 'unreadable' });
  };

  const finish = (result: ParseResult): void => {
    const finished = current;
    if (finished === undefined) return;
    clearTimeout(finished.timer);
    current = undefined;
    finished.waiting.resolve(result);
    startNext();
  };

  const startNext = (): void => {
    if (current !== undefined) return;
    const next = waiting.shift();
    if (next === undefined) return;
    child ??= startChild();
    const baseMs = child.hasAnswered ? (options.jobLimitMs ?? 2000) : (options.firstJobLimitMs ?? 10_000);
    const limitMs = baseMs + Math.floor(bytesOf(next.job.objectPath) / BYTES_PER_SECOND) * 1000;
    const timer = setTimeout(() => {
      dropChild();
      finish({ ok: false, reason: 'timeout' });
    }, limitMs);
    current = { waiting: next, timer };
    const { objectPath, key, transferSyntaxUid } = next.job;
    const keyBase64 = Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('base64');
    child.process.post({ jobId: next.jobId, objectPath, keyBase64, transferSyntaxUid } satisfies ParserJob);
  };

  return {
    parse: (job) =>
      new Promise((resolve) => {
        if (isClosed) {
          resolve({ ok: false, reason: 'closed' });
          return;
        }
        waiting.push({ jobId: nextJobId, job, resolve, hasCrashed: false });
        nextJobId += 1;
        startNext();
      }),
    close: () => {
      isClosed = true;
      dropChild();
      for (const left of waiting.splice(0)) left.resolve({ ok: false, reason: 'closed' });
      finish({ ok: false, reason: 'closed' });
    },
  };
}
