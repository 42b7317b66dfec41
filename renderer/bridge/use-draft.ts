import { useCallback, useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { draftSchema } from '../../shared/ipc/contract.ts';
import { canonicalJson } from '../../shared/kernel/canonical-json.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { useServices } from './bridge-context.tsx';
import { discardDraft } from './discard-draft.ts';
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
  /** Something is typed that the disk does not hold yet: nothing on the screen may say that it is saved. */
  pending: boolean;
  failed: boolean;
  /** The documents as the person saw them when the draft began. */
  seen: Record<string, Doc>;
  change: (part: Partial<T>) => void;
  /** Saves at once and waits for the disk. */
  flush: () => Promise<void>;
  /** Forgets the draft, here and on disk; for after its command went through. Never rejects: a toast says what the disk kept. */
  discard: () => Promise<void>;
};

/**
 * What is typed and not yet a command. `key` names the draft (`note/<encounterId>`); `initial` and `seen` count only where the
 * disk holds none. A draft that is as it began is none: it leaves the disk. Another key takes up another draft.
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
  const [pending, setPending] = useState(false);
  const [failed, setFailed] = useState(false);
  const [seenThen, setSeenThen] = useState(seen);
  const start = useRef({ initial, seen });
  const now = useRef({ body: initial, seen });
  const ofPatient = useRef(patientId);
  ofPatient.current = patientId;
  const saver = useRef<DraftSaver<Body> | null>(null);

  useEffect(() => {
    let isCurrent = true;
    now.current = { body: start.current.initial, seen: start.current.seen };
    const mine = createDraftSaver<Body>({
      save: async (next) => {
        if (canonicalJson(next) === canonicalJson(start.current.initial)) {
          await ask(bridge, 'draft', { do: 'discard', key });
          return null;
        }
        const request = { do: 'save', key, patientId: ofPatient.current, body: next, seen: now.current.seen };
        return savedSchema.parse(await ask(bridge, 'draft', request)).savedAtUtc;
      },
      onSaved: (atUtc) => {
        if (!isCurrent) return;
        setSavedAtUtc(atUtc);
        setPending(false);
        setFailed(false);
      },
      onFailed: () => isCurrent && setFailed(true),
    });
    saver.current = mine;
    const take = (value: unknown): void => {
      if (!isCurrent) return;
      const found = draftSchema.safeParse(value).data;
      if (found) {
        // What this program's draft has and an older one's had not, begins as in a new one.
        const kept = { ...start.current.initial, ...(found.body as Partial<T>) };
        now.current = { body: kept, seen: found.seen };
        setBody(kept);
        setSeenThen(found.seen);
        setSavedAtUtc(found.savedAtUtc);
      }
      setRestored(found !== undefined);
      setState('ready');
    };
    ask(bridge, 'draft', { do: 'load', key }).then(take, () => take(null));
    return () => {
      isCurrent = false;
      // No second try once it is put away: by then somebody else may be at the window.
      void mine.flush().finally(mine.drop);
    };
  }, [bridge, key]);

  const change = useCallback((part: Partial<T>): void => {
    const next = { ...now.current.body, ...part };
    now.current.body = next;
    setBody(next);
    setPending(true);
    saver.current?.put(next);
  }, []);
  const flush = useCallback(async () => saver.current?.flush(), []);
  const discard = useCallback(async (): Promise<void> => {
    saver.current?.drop();
    now.current = { body: start.current.initial, seen: start.current.seen };
    setBody(start.current.initial);
    setSavedAtUtc(null);
    setPending(false);
    setRestored(false);
    await discardDraft(bridge, key);
  }, [bridge, key]);
  return { state, body, restored, savedAtUtc, pending, failed, seen: seenThen, change, flush, discard };
}
