import { useCallback, useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { draftSchema } from '../../shared/ipc/contract.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { useServices } from './bridge-context.tsx';
import { createDraftSaver, type DraftSaver } from './draft-saver.ts';
import { ask } from './praxis-bridge.ts';

const savedSchema = z.looseObject({ savedAtUtc: z.string() });
type Body = Record<string, unknown>;

export type DraftHandle<T extends Body> = {
  /** `loading` until it is known whether a draft is on disk: keys typed before that would fight with it. */
  state: 'loading' | 'ready';
  body: T;
  /** The draft came back from disk: after a crash, a lock, another visit to the page. */
  restored: boolean;
  savedAtUtc: string | null;
  failed: boolean;
  /** The documents as the person saw them when the draft began. */
  seen: Record<string, Doc>;
  change: (part: Partial<T>) => void;
  /** Saves at once and waits for the disk. */
  flush: () => Promise<void>;
  /** Forgets the draft, here and on disk; for after its command went through. */
  discard: () => Promise<void>;
};

/**
 * What is typed and not yet a command. `key` names the draft (`note/<encounterId>`); `initial` and `seen` count only where the
 * disk holds none.
 */
export function useDraft<T extends Body>(
  key: string,
  patientId: string | null,
  initial: T,
  seen: Record<string, Doc>,
): DraftHandle<T> {
  const { bridge } = useServices();
  const [body, setBody] = useState(initial);
  const [state, setState] = useState<'loading' | 'ready'>('loading');
  const [restored, setRestored] = useState(false);
  const [savedAtUtc, setSavedAtUtc] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [seenThen, setSeenThen] = useState(seen);
  const start = useRef({ initial, seen });
  const now = useRef({ body: initial, seen });
  const saver = useRef<DraftSaver<Body> | null>(null);

  useEffect(() => {
    let isCurrent = true;
    now.current = { body: start.current.initial, seen: start.current.seen };
    const mine = createDraftSaver<Body>({
      save: async (next) => {
        const request = { do: 'save', key, patientId, body: next, seen: now.current.seen };
        return savedSchema.parse(await ask(bridge, 'draft', request)).savedAtUtc;
      },
      onSaved: (atUtc) => {
        if (!isCurrent) return;
        setSavedAtUtc(atUtc);
        setFailed(false);
      },
      onFailed: () => isCurrent && setFailed(true),
    });
    saver.current = mine;
    const take = (value: unknown): void => {
      if (!isCurrent) return;
      const found = draftSchema.safeParse(value).data;
      if (found) {
        now.current = { body: found.body as T, seen: found.seen };
        setBody(found.body as T);
        setSeenThen(found.seen);
        setSavedAtUtc(found.savedAtUtc);
      }
      setRestored(found !== undefined);
      setState('ready');
    };
    ask(bridge, 'draft', { do: 'load', key }).then(take, () => take(null));
    return () => {
      isCurrent = false;
      void mine.flush();
    };
  }, [bridge, key, patientId]);

  const change = useCallback((part: Partial<T>): void => {
    const next = { ...now.current.body, ...part };
    now.current.body = next;
    setBody(next);
    saver.current?.put(next);
  }, []);
  const flush = useCallback(async () => saver.current?.flush(), []);
  const discard = useCallback(async (): Promise<void> => {
    saver.current?.drop();
    await ask(bridge, 'draft', { do: 'discard', key });
    now.current = { body: start.current.initial, seen: start.current.seen };
    setBody(start.current.initial);
    setSavedAtUtc(null);
    setRestored(false);
  }, [bridge, key]);
  return { state, body, restored, savedAtUtc, failed, seen: seenThen, change, flush, discard };
}
