import { type ComponentType, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../bridge/use-session.ts';
import { useSlow } from '../../bridge/use-view.ts';
import { ErrorState, NotPermitted, Skeleton } from '../../ui/states.tsx';
import { loaderOf, type RouteName, routes } from '../routes.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import styles from './frame.module.css';

const loaded = new Map<RouteName, ComponentType>();

/** The open page: loaded when it is opened first, held back from who may not see it, and fenced in when it fails. */
export function ScreenHost({ name }: { name: RouteName }) {
  const { t } = useTranslation('frame');
  const { may } = useSession();
  const failure = (retry: () => void) => (
    <div className={styles.padded}>
      <ErrorState title={t('pageFailed.title')} why={t('pageFailed.why')} code={`page-${name}`} onRetry={retry} />
    </div>
  );
  if (!may(routes[name].permission))
    return (
      <div className={styles.padded}>
        <NotPermitted />
      </div>
    );
  return (
    <ErrorBoundary resetKey={name} fallback={failure}>
      <LazyScreen key={name} name={name} failure={failure} />
    </ErrorBoundary>
  );
}

function LazyScreen({ name, failure }: { name: RouteName; failure: (retry: () => void) => React.ReactNode }) {
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>(loaded.has(name) ? 'ready' : 'loading');
  useEffect(() => {
    if (state !== 'loading') return;
    const load = loaderOf(name);
    if (!load) {
      setState('failed');
      return;
    }
    load().then(
      (module) => {
        loaded.set(name, module.Screen);
        setState('ready');
      },
      () => setState('failed'),
    );
  }, [name, state]);
  const isSlow = useSlow(state === 'loading', name);
  const Screen = loaded.get(name);
  if (state === 'failed') return failure(() => setState('loading'));
  return Screen ? <Screen /> : <Skeleton isSlow={isSlow} rows={10} />;
}
