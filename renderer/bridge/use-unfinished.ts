import { useCallback, useEffect, useState } from 'react';
import { z } from 'zod';
import { draftSchema, type SavedDraft } from '../../shared/ipc/contract.ts';
import { useServices } from './bridge-context.tsx';
import { discardDraft } from './discard-draft.ts';
import { ask } from './praxis-bridge.ts';

const listSchema = z.object({ drafts: z.array(draftSchema) });

/**
 * What this person left unfinished, newest first: their drafts whose keys begin with `prefix`, as they lay on disk when the screen
 * opened; null asks for nothing. `take` leaves one on disk for the form that goes on with it, `forget` throws one away.
 */
export function useUnfinished(prefix: string | null) {
  const { bridge } = useServices();
  const [drafts, setDrafts] = useState<SavedDraft[]>([]);
  useEffect(() => {
    let isCurrent = true;
    if (prefix === null) return undefined;
    const show = (value: unknown): void => {
      const found = listSchema.safeParse(value).data?.drafts ?? [];
      if (isCurrent) setDrafts(found.filter((one) => one.key.startsWith(prefix)));
    };
    ask(bridge, 'draft', { do: 'list' }).then(show, () => show(null));
    return () => {
      isCurrent = false;
    };
  }, [bridge, prefix]);
  const take = useCallback((key: string): void => setDrafts((all) => all.filter((one) => one.key !== key)), []);
  const forget = useCallback(
    (key: string): void => {
      take(key);
      void discardDraft(bridge, key);
    },
    [bridge, take],
  );
  return { drafts, take, forget };
}
