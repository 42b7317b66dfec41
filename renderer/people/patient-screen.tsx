import { useState } from 'react';
import type { PatientPage, TimelineKind } from '../../shared/people/patient-views.ts';
import { localTime } from '../../shared/kernel/time.ts';
import { go, useParams } from '../app/router.ts';
import { useNow } from '../app/use-now.ts';
import { useHotkey } from '../ui/hotkeys.ts';
import { useSession } from '../bridge/use-session.ts';
import { useZone } from '../bridge/use-zone.ts';
import { useView } from '../bridge/use-view.ts';
import { useWords } from '../scheduling/words.ts';
import { Button } from '../ui/button.tsx';
import { SegmentedControl } from '../ui/segmented-control.tsx';
import { SidePanel } from '../ui/side-panel.tsx';
import { EmptyState, ErrorState, NotPermitted, Skeleton } from '../ui/states.tsx';
import { displayName } from '../../shared/people/names.ts';
import { PatientFacts, TimelineDetail, TimelineRow } from './patient-parts.tsx';
import { PatientForm } from './patient-form.tsx';
import styles from './people.module.css';

/** A patient's page: what happened on the left, the chosen thing on the right; the frame's banner stands above. */
export function Screen() {
  const { say } = useWords('people');
  const params = useParams('patient');
  const view = useView('people/patient', params.patientId ? { patientId: params.patientId } : null);
  if (view.state === 'not-permitted') return <NotPermitted />;
  if (view.state === 'error')
    return <ErrorState title={say('error.title')} why={say('error.why')} code={view.code} onRetry={view.retry} />;
  if (view.state === 'loading') return <Skeleton isSlow={view.isSlow} rows={8} />;
  if (!view.value) return <EmptyState title={say('empty.noPatient')} />;
  return <Page key={view.value.patient.id} page={view.value} chosenId={params.item} />;
}

function Page({ page, chosenId }: { page: PatientPage; chosenId: string | undefined }) {
  const { say } = useWords('people');
  const { may } = useSession();
  const nowUtc = useNow(60_000);
  const zone = useZone();
  const [filter, setFilter] = useState<TimelineKind | 'all'>('all');
  const [editing, setEditing] = useState(false);
  const { patient } = page;
  const shown = page.timeline.filter((one) => filter === 'all' || one.kind === filter);
  const chosen = page.timeline.find((one) => one.id === chosenId);
  const kinds = (['visit', 'images', 'report', 'invoice', 'document'] as const).filter(
    (one) => !page.hidden.includes(one),
  );
  const name = displayName(patient).written;
  const today = localTime(nowUtc, zone).day;
  const group = say('keys.group');
  useHotkey('E', say('edit', { name }), () => setEditing(true), { group, enabled: may('patients.register') });
  useHotkey('B', say('bookFor', { name }), () => go('day', { patientId: patient.id, do: 'book' }), { group });
  return (
    <div className={styles.page} style={editing ? { gridTemplateColumns: 'minmax(240px, 340px) 1fr auto' } : undefined}>
      <section className={styles.timeline} aria-label={say('timeline')}>
        <SegmentedControl
          label={say('filter')}
          options={[
            { value: 'all' as const, label: say('kind.all') },
            ...kinds.map((value) => ({
              value,
              label: say(`kind.${value}`),
              count: page.timeline.filter((one) => one.kind === value).length,
            })),
          ]}
          value={filter}
          onChange={setFilter}
        />
        {page.held !== 'held' && <p className={styles.duplicate}>{say(`held.${page.held}`)}</p>}
        {shown.length === 0 && <EmptyState title={say('empty.timeline')}>{say('empty.timelineHint')}</EmptyState>}
        {shown.map((one) => (
          <TimelineRow
            key={`${one.kind} ${one.id}`}
            item={one}
            homeZone={zone}
            chosen={one === chosen}
            onChoose={() => go('patient', { patientId: patient.id, item: one.id }, { replace: true })}
          />
        ))}
      </section>
      <div className={styles.detail}>
        <div className={styles.formActions}>
          <Button kind="main" keyCap="B" onClick={() => go('day', { patientId: patient.id, do: 'book' })}>
            {say('bookFor', { name })}
          </Button>
          {may('patients.register') && (
            <Button keyCap="E" onClick={() => setEditing(true)}>
              {say('edit', { name })}
            </Button>
          )}
        </div>
        {chosen ? (
          <TimelineDetail item={chosen} patientId={page.patient.id} homeZone={zone} />
        ) : (
          <PatientFacts page={page} homeZone={zone} />
        )}
      </div>
      {editing && (
        <SidePanel title={say('editTitle')} onClose={() => setEditing(false)}>
          <PatientForm
            patient={patient}
            today={today}
            onSaved={() => setEditing(false)}
            onSamePerson={(patientId) => go('patient', { patientId })}
            onCancel={() => setEditing(false)}
          />
        </SidePanel>
      )}
    </div>
  );
}
