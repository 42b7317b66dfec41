import { useTranslation } from 'react-i18next';
import type { Doc } from '../../shared/kernel/kind.ts';
import { useCommand } from '../bridge/use-command.ts';
import { useSession } from '../bridge/use-session.ts';

/** Closes an item that a person has seen to; `blocked` says why this person can't. */
export function useSolve(kind: 'task' | 'conflict' | 'refusal', doc: Doc) {
  const { t } = useTranslation('inbox');
  const { may } = useSession();
  const { run, isRunning } = useCommand();
  return {
    blocked: may('inbox.solve') ? (isRunning ? '' : null) : t('mayNot'),
    solve: (): void =>
      void run('inbox/solve', { kind, id: doc.id }, { seen: { [`${kind}/${doc.id}`]: doc }, done: t('acknowledged') }),
  };
}
