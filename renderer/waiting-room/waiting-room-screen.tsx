import { Monitor, UserPlus } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { Board } from '../../shared/waiting-room/board-view.ts';
import { useHotkey } from '../ui/hotkeys.ts';
import { useLayout } from '../app/layout-store.ts';
import { go, useParams } from '../app/router.ts';
import { useNow } from '../app/use-now.ts';
import { useSession } from '../bridge/use-session.ts';
import { useView } from '../bridge/use-view.ts';
import { Button } from '../ui/button.tsx';
import { SegmentedControl } from '../ui/segmented-control.tsx';
import { Select } from '../ui/select.tsx';
import { ErrorState, NotPermitted, Skeleton } from '../ui/states.tsx';
import { BoardColumns } from './board-view.tsx';
import { columnsOf, longestWaitMin } from './board-columns.ts';
import { BottomStrip } from './bottom-strip.tsx';
import { FinishedPanel } from './finished-panel.tsx';
import { StepBackDialog } from './step-back-dialog.tsx';
import { useBoardDeeds } from './use-board-deeds.ts';
import { WalkInPanel } from './walk-in-panel.tsx';
import styles from './waiting-room-screen.module.css';

const orderSchema = z.enum(['appointment', 'arrival', 'limit']);

/** Waiting room: everybody in the building by stage, with the minutes that run. */
export function Screen() {
  const { t } = useTranslation('waiting-room');
  const { state } = useSession();
  const locationId = state?.location?.id;
  const view = useView('waiting-room/board', locationId ? { locationId } : null);
  if (view.state === 'not-permitted') return <NotPermitted />;
  if (view.state === 'error')
    return <ErrorState title={t('error.title')} why={t('error.why')} code={view.code} onRetry={view.retry} />;
  if (view.state === 'loading') return <Skeleton isSlow={view.isSlow} rows={8} rowHeightPx={72} />;
  if (!view.value) return <ErrorState title={t('error.title')} why={t('error.noLocation')} />;
  return <WaitingRoom board={view.value} locationId={locationId ?? ''} />;
}

function WaitingRoom({ board, locationId }: { board: Board; locationId: string }) {
  const { t } = useTranslation('waiting-room');
  const params = useParams('wait');
  const nowUtc = useNow(10_000);
  const deeds = useBoardDeeds();
  const [order, setOrder] = useLayout('waiting-room/order', orderSchema, 'limit');
  const [practitionerId, setPractitionerId] = useState('');
  const [panel, setPanel] = useState<'walk-in' | 'finished' | null>(null);
  const [walkInId, setWalkInId] = useState<string | null>(null);
  const openWalkIn = (patientId: string | null): void => {
    setWalkInId(patientId);
    setPanel('walk-in');
  };
  // Whoever is booked for today is received at once; anybody else comes as a walk-in; one who is here already is shown.
  const receive = useEffectEvent((patientId: string | undefined) => {
    const card = board.cards.find((one) => one.encounter.patientId === patientId);
    const booked = board.expected.find((one) => one.person.patientId === patientId);
    if (booked && deeds.mayMove) deeds.arrive(booked.appointmentId, booked.person);
    else if (!card && deeds.mayMove) openWalkIn(patientId ?? null);
    // The address forgets the deed, so that the palette can ask for it again.
    go('wait', card ? { encounterId: card.encounter.id } : {}, { replace: true });
  });
  useEffect(() => {
    if (params.do === 'arrive' || params.do === 'walk-in') receive(params.patientId);
  }, [params.do, params.patientId]);
  const columns = columnsOf(board.cards, order, practitionerId, nowUtc);
  const practitioners = practitionersOf(board);
  useHotkey('W', t('walkIn'), () => openWalkIn(null), { group: t('title'), enabled: deeds.mayMove });
  return (
    <div className={styles.screen}>
      <div className={styles.page}>
        <header className={styles.head}>
          <h1>{t('title')}</h1>
          <span className={styles.sum}>
            {t('people', { count: board.cards.length })}
            {board.cards.length > 0 && ` · ${t('longest', { minutes: longestWaitMin(columns, nowUtc) })}`}
          </span>
          <SegmentedControl
            label={t('sort.label')}
            value={order}
            onChange={setOrder}
            options={[
              { value: 'appointment', label: t('sort.appointment') },
              { value: 'arrival', label: t('sort.arrival') },
              { value: 'limit', label: t('sort.limit') },
            ]}
          />
          <div className={styles.filter}>
            <Select
              label={t('practitioner')}
              labelHidden
              value={practitionerId}
              onChange={setPractitionerId}
              options={[
                { value: '', label: t('everyone') },
                ...practitioners.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          </div>
          <Button icon={<Monitor size={16} aria-hidden="true" />} onClick={() => go('wall')}>
            {t('wall.open')}
          </Button>
          <Button
            kind="main"
            icon={<UserPlus size={16} aria-hidden="true" />}
            keyCap="W"
            disabledReason={deeds.mayMove ? null : t('mayNot')}
            onClick={() => openWalkIn(null)}
          >
            {t('walkIn')}
          </Button>
        </header>
        {board.held !== 'held' && (
          <p className={styles.unknown} role="status">
            {t(board.held === 'loading' ? 'held.loading' : 'held.no')}
          </p>
        )}
        <BoardColumns
          columns={columns}
          board={board}
          nowUtc={nowUtc}
          deeds={deeds}
          wantedId={params.encounterId ?? null}
        />
        <BottomStrip board={board} onArrive={deeds.arrive} onShowFinished={() => setPanel('finished')} />
      </div>
      {panel === 'finished' && (
        <FinishedPanel finished={board.finished} zone={board.zone} onBack={deeds.back} onClose={() => setPanel(null)} />
      )}
      {panel === 'walk-in' && (
        <WalkInPanel
          key={walkInId}
          startPatientId={walkInId}
          today={board.day}
          locationId={locationId}
          practitioners={practitioners}
          onClose={() => setPanel(null)}
          onReceive={(input, name) => void deeds.walkIn(input, name).then((isDone) => isDone && setPanel(null))}
        />
      )}
      {deeds.stepBack && (
        <StepBackDialog stepBack={deeds.stepBack} onReason={deeds.backWithReason} onClose={deeds.closeStepBack} />
      )}
    </div>
  );
}

/** Whoever has or expects somebody today, by name. */
function practitionersOf(board: Board): { id: string; name: string }[] {
  const all = [...board.cards, ...board.expected, ...board.finished].map((one) => one.practitioner);
  const byId = new Map(all.filter((one) => one !== null).map((one) => [one.id, one]));
  return [...byId.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
