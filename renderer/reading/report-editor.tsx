import { Check, TriangleAlert } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Report } from '../../shared/reports/schema.ts';
import type { StudyView } from '../../shared/imaging/views.ts';
import { useHotkey } from '../ui/hotkeys.ts';
import { useNow } from '../app/use-now.ts';
import { useCommand } from '../bridge/use-command.ts';
import { useDraft } from '../bridge/use-draft.ts';
import { useSession } from '../bridge/use-session.ts';
import { useZone } from '../bridge/use-zone.ts';
import { Button } from '../ui/button.tsx';
import { formatInstant } from '../ui/instant-format.ts';
import { SavedMark } from '../ui/values.tsx';
import { finalizeChecks } from './finalize-checks.ts';
import { type Cursor, ReportFields } from './report-fields.tsx';
import { emptyText, insertAt, type ReportText, saysNothing, textOf } from './report-text.ts';
import styles from './report.module.css';

/** What other parts of the screen put into the report. */
export type ReportHandle = {
  text: ReportText;
  change: (part: Partial<ReportText>) => void;
  insert: (words: string, part: Partial<ReportText>) => void;
  focus: () => void;
};

/** The report as it is written: every key on disk, a preliminary for colleagues, and the signature with what is missing. */
export function ReportEditor(props: {
  view: StudyView;
  own: Report | undefined;
  /** A save is on its way, or its report is not back in the view yet. */
  isSaving: boolean;
  patientName: string;
  onHandle: (handle: ReportHandle | null) => void;
  onSave: (phase: 'sent' | 'done' | 'refused') => void;
  onLeave: () => void;
  children: ReactNode;
}) {
  const { view, own, onHandle, onSave, isSaving } = props;
  const { t, i18n } = useTranslation('reading');
  const { state: session } = useSession();
  const { run } = useCommand();
  const nowUtc = useNow(30_000);
  const study = view.study;
  const seen = own ? { [`report/${own.id}`]: own } : {};
  const draft = useDraft(`report/${study?.id ?? ''}`, study?.patientId ?? null, own ? textOf(own) : emptyText, seen);
  const cursor = useRef<Cursor>({ field: 'findings', at: draft.body.findings.length });
  const [moveTo, setMoveTo] = useState<Cursor | null>(null);
  const [sent, setSent] = useState<ReportText | null>(null);
  // The emptied draft is not shown: what was sent stands until the view brings it back.
  const typed = isSaving && sent ? sent : draft.body;
  const text = useMemo((): ReportText => ({ ...emptyText, ...typed }), [typed]);
  const { change } = draft;

  const latest = useRef(text);
  latest.current = text;
  const insert = useCallback(
    (words: string, part: Partial<ReportText>) => {
      const { field, at } = cursor.current;
      const next = insertAt(latest.current[field], Math.min(at, latest.current[field].length), words);
      change({ ...part, [field]: next.text });
      setMoveTo({ field, at: next.at });
    },
    [change],
  );
  const isReady = draft.state === 'ready';
  useEffect(() => {
    onHandle(isReady && !isSaving ? { text, change, insert, focus: () => setMoveTo({ ...cursor.current }) } : null);
  }, [isReady, isSaving, text, change, insert, onHandle]);
  useEffect(() => () => onHandle(null), [onHandle]);

  const checks = finalizeChecks(view, text, nowUtc);
  const blocked = saysNothing(text) ? t('check.nothingSaid') : null;
  const save = async (name: 'reports/save-preliminary' | 'reports/finalize'): Promise<void> => {
    if (!study || isSaving || !isReady) return;
    if (name === 'reports/finalize' && blocked !== null) return;
    setSent(latest.current);
    onSave('sent');
    await draft.flush();
    const input = { reportId: own?.id ?? null, studyId: study.id, text: latest.current };
    const order = view.order ? { [`imagingOrder/${view.order.id}`]: view.order } : {};
    const done = t(name === 'reports/finalize' ? 'report.finalized' : 'report.preliminarySaved', {
      name: props.patientName,
    });
    const answer = await run(name, input, { seen: { ...seen, ...order }, done });
    if (!answer.ok) return onSave('refused');
    await draft.discard();
    onSave('done');
  };
  useHotkey('Ctrl+Enter', t('report.finalize'), () => void save('reports/finalize'), {
    group: t('keys.report'),
    inFields: true,
  });

  const zone = useZone();
  const savedAt =
    draft.savedAtUtc && formatInstant(draft.savedAtUtc, { zone, locale: i18n.language, as: 'clock', withZone: false });
  return (
    <>
      <header className={styles.reportHead}>
        <h2>{t('report.title')}</h2>
        <span className={styles.badge}>{t(own ? 'report.preliminary' : 'report.draft')}</span>
        <span className={styles.saved}>
          <SavedMark failed={draft.failed} pending={draft.pending} savedAtClock={savedAt} />
        </span>
      </header>
      <div className={styles.reportBody}>
        {view.order?.question && (
          <div className={styles.question}>
            <span>{t('report.question')}</span>
            <p dir="auto">{view.order.question}</p>
          </div>
        )}
        {isReady && (
          <ReportFields
            text={text}
            isLocked={isSaving}
            onChange={change}
            cursor={cursor}
            moveTo={moveTo}
            onMoved={() => setMoveTo(null)}
            onLeave={props.onLeave}
          />
        )}
        {props.children}
      </div>
      <footer className={styles.reportFoot}>
        <ul aria-label={t('check.title')}>
          {checks.map((check) => (
            <li key={check.id} data-tone={check.tone}>
              {check.tone === 'ok' ? (
                <Check size={14} aria-hidden="true" />
              ) : (
                <TriangleAlert size={14} aria-hidden="true" />
              )}
              {t(`check.${check.id}`, check.params)}
            </li>
          ))}
        </ul>
        <div className={styles.buttons}>
          <Button
            kind="main"
            size="main"
            wide
            keyCap="Ctrl+Enter"
            disabledReason={blocked}
            onClick={() => void save('reports/finalize')}
          >
            {t('report.finalize')}
          </Button>
          <Button size="main" onClick={() => void save('reports/save-preliminary')}>
            {t('report.savePreliminary')}
          </Button>
        </div>
        <p className={styles.hint}>
          {t('report.signsFor', {
            name: props.patientName,
            number: view.patient?.recordNumber ?? '',
            user: session?.user?.name ?? '',
          })}
        </p>
      </footer>
    </>
  );
}
