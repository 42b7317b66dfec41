import { useTranslation } from 'react-i18next';
import type { SessionFailure } from '../../bridge/session-store.ts';

/** Why somebody was not let in, in words; null while nothing went wrong. */
export function useFailureWords(): (failure: SessionFailure | null) => string | null {
  const { t } = useTranslation('session');
  return (failure) => (failure === null ? null : t(`failure.${failure}`));
}
