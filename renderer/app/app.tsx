import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Stay, useServices } from '../bridge/bridge-context.tsx';
import { useSession } from '../bridge/use-session.ts';
import { KitProvider } from '../ui/kit-provider.tsx';
import { ErrorState } from '../ui/states.tsx';
import { endProof } from '../bridge/proof.ts';
import { ProofDialog } from './session/proof-dialog.tsx';
import { clearToasts } from '../ui/toast-store.ts';
import { ToastRegion } from '../ui/toast.tsx';
import { PaperPlace } from '../papers/paper-dialog.tsx';
import { closePaper } from '../papers/paper-store.ts';
import { useAppearance } from './appearance.ts';
import { ErrorBoundary } from './frame/error-boundary.tsx';
import { Frame } from './frame/frame.tsx';
import { startHotkeys } from '../ui/hotkeys.ts';
import { useLanguageOnPage } from './i18n/use-language.ts';
import { loadLayout } from './layout-store.ts';
import { goTo, useRoute } from './router.ts';
import { Entrance } from './session/entrance.tsx';
import { FirstRun } from './session/first-run.tsx';
import { LockScreen } from './session/lock-screen.tsx';
import { RecoveryKey } from './session/recovery-key.tsx';
import { SignIn } from './session/sign-in.tsx';
import { leaveDesk, returnToDesk, useUi } from './ui-state.ts';
import './patient/tab-colours.css';

/** The page: what the session's phase says, and nothing of a patient unless somebody is signed in. */
export function App() {
  const route = useRoute();
  const { state } = useSession();
  const theme = useAppearance(state?.phase === 'signed-in' ? route?.name : undefined);
  useLanguageOnPage();
  useActivity();
  return (
    <KitProvider theme={theme}>
      <ErrorBoundary resetKey={state?.phase ?? ''} fallback={showBroken}>
        <Phase />
      </ErrorBoundary>
    </KitProvider>
  );
}

function Phase() {
  const { state, problem, reload } = useSession();
  const { t } = useTranslation('frame');
  const recoveryKey = useUi((ui) => ui.recoveryKey);
  const owner = useDeskOwner();
  useEffect(() => void reload(), [reload]);
  if (!state && problem === null) return null;
  if (!state)
    return (
      <Entrance title={t('start.failed')}>
        <ErrorState
          title={t('start.noAnswer')}
          why={t('start.why')}
          code={problem ?? ''}
          onRetry={() => void reload()}
        />
      </Entrance>
    );
  if (recoveryKey !== null) return <RecoveryKey recoveryKey={recoveryKey} />;
  if (state.phase === 'first-run') return <FirstRun />;
  if (state.phase === 'signed-out') return <SignIn />;
  if (state.phase === 'locked') return <LockScreen />;
  // Until the person's own desk is laid out, nothing of the one before is shown.
  if (owner === null || owner !== state.user?.id) return null;
  return (
    <Stay>
      <Frame />
      <PaperPlace />
      <ToastRegion />
      <ProofDialog />
    </Stay>
  );
}

/** Lays out the signed-in person's desk as they left it, and puts it away when they leave; answers whose desk lies there. */
function useDeskOwner(): string | null {
  const { state } = useSession();
  const userId = state?.phase === 'signed-in' ? (state.user?.id ?? null) : null;
  const [owner, setOwner] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void loadLayout(userId ?? 'station').then(() => {
      if (!isCurrent || userId === null) return;
      const hash = returnToDesk(userId);
      if (hash !== undefined) goTo(hash, { replace: true });
      setOwner(userId);
    });
    return () => {
      isCurrent = false;
      if (userId === null) return;
      leaveDesk(userId, window.location.hash);
      clearToasts();
      endProof(false);
      closePaper();
      setOwner(null);
      // The address names what was open; behind the lock it names nothing.
      goTo('', { replace: true });
    };
  }, [userId]);
  return owner;
}

/** Main counts the idle minutes; it hears of every touch. */
function useActivity(): void {
  const { session } = useServices();
  useEffect(() => {
    const report = (): void => session.reportActivity();
    const stopHotkeys = startHotkeys();
    const events = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;
    for (const event of events) window.addEventListener(event, report, { passive: true, capture: true });
    return () => {
      stopHotkeys();
      for (const event of events) window.removeEventListener(event, report, { capture: true });
    };
  }, [session]);
}

const showBroken = () => <Broken />;

function Broken() {
  const { t } = useTranslation('frame');
  return (
    <Entrance title={t('broken.title')}>
      <ErrorState
        title={t('broken.what')}
        why={t('broken.why')}
        code="screen-broke"
        onRetry={() => window.location.reload()}
      />
    </Entrance>
  );
}
