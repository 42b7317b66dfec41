import type { KeyboardEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { localTime } from '../../shared/kernel/time.ts';
import { openPatientTab, useUi } from '../app/ui-state.ts';
import { go, useParams } from '../app/router.ts';
import { hashOf } from '../app/routes.ts';
import { useHotkey } from '../ui/hotkeys.ts';
import { useNow } from '../app/use-now.ts';
import { useSession } from '../bridge/use-session.ts';
import { useZone } from '../bridge/use-zone.ts';
import { useView } from '../bridge/use-view.ts';
import { useWords } from '../scheduling/words.ts';
import { Button } from '../ui/button.tsx';
import { SidePanel } from '../ui/side-panel.tsx';
import { EmptyState, ErrorState, NotPermitted, Skeleton } from '../ui/states.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { PatientRow } from '../../shared/people/search-views.ts';
import { PatientForm } from './patient-form.tsx';
import { PatientRows } from './patient-rows.tsx';
import styles from './people.module.css';

const open = (patientId: string): void => {
  openPatientTab(patientId, hashOf('patient', { patientId }));
  go('patient', { patientId });
};

/** One field for everything; recent patients first where nothing is typed. */
export function Screen() {
  const { say } = useWords('people');
  const { may } = useSession();
  const params = useParams('patients');
  const nowUtc = useNow(60_000);
  const zone = useZone();
  const today = localTime(nowUtc, zone).day;
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [registering, setRegistering] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const view = useView('people/search', { text: text.trim(), limit: 200 });
  const kept = useRef<{ hits: readonly PatientRow[]; recent: boolean }>({ hits: [], recent: true });
  if (view.state === 'ready') kept.current = view.value;
  const { hits, recent } = kept.current;
  useEffect(() => {
    if (params.do !== 'register') return;
    setText((before) => useUi.getState().newPatientName || before);
    useUi.setState({ newPatientName: '' });
    setRegistering(true);
    // The address forgets the deed, so that the palette can ask for it again.
    go('patients', {}, { replace: true });
  }, [params.do]);
  const group = say('keys.group');
  useHotkey('Alt+N', say('newPatient'), () => setRegistering(true), {
    group,
    inFields: true,
    enabled: may('patients.register'),
  });
  useHotkey('/', say('find.label'), () => field.current?.focus(), { group });
  if (view.state === 'not-permitted') return <NotPermitted />;

  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
    const step = steps[event.key];
    const hit = hits[at];
    if (step !== undefined) setAt(Math.max(0, Math.min(hits.length - 1, at + step)));
    else if (event.key === 'Enter' && hit) open(hit.patientId);
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.screen}>
      <div className={styles.main}>
        <h1 className="visually-hidden">{say('heading')}</h1>
        <div className={styles.toolbar}>
          <TextField
            label={say('find.label')}
            aside={recent ? say('find.recent') : say('find.count', { count: hits.length })}
            placeholder={say('find.placeholder')}
            value={text}
            onChange={(value) => {
              setText(value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
            role="combobox"
            aria-expanded
            aria-controls="patient-rows"
            aria-activedescendant={hits[at] ? `patient-${hits[at].patientId}` : undefined}
            autoFocus
            ref={field}
          />
          {may('patients.register') && (
            <Button kind="main" size="main" keyCap="Alt+N" onClick={() => setRegistering(true)}>
              {say('newPatient')}
            </Button>
          )}
        </div>
        {view.state === 'error' && (
          <ErrorState title={say('error.title')} why={say('error.why')} code={view.code} onRetry={view.retry} />
        )}
        {view.state === 'loading' && hits.length === 0 && <Skeleton isSlow={view.isSlow} rows={10} rowHeightPx={48} />}
        {view.state === 'ready' && hits.length === 0 && (
          <EmptyState title={say(recent ? 'empty.recent' : 'find.nobody')}>{say('empty.hint')}</EmptyState>
        )}
        {hits.length > 0 && <PatientRows hits={hits} at={at} today={today} zone={zone} onOpen={open} />}
      </div>
      {registering && (
        <SidePanel title={say('newPatient')} onClose={() => setRegistering(false)}>
          <PatientForm
            initialName={text.trim()}
            today={today}
            onSaved={open}
            onSamePerson={open}
            onCancel={() => {
              setRegistering(false);
              field.current?.focus();
            }}
          />
        </SidePanel>
      )}
    </div>
  );
}
