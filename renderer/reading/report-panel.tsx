import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Measurement } from '../../shared/imaging/schema.ts';
import type { StudyView } from '../../shared/imaging/views.ts';
import { useHotkey } from '../ui/hotkeys.ts';
import { useCommand } from '../bridge/use-command.ts';
import { useSession } from '../bridge/use-session.ts';
import { lengthWords } from '../imaging/length-words.ts';
import { slicesOf } from '../imaging/slices.ts';
import { FinalReport } from './final-report.tsx';
import { MeasurementList } from './measurement-list.tsx';
import { ReportEditor, type ReportHandle } from './report-editor.tsx';
import { withoutKeyImage } from './report-text.ts';
import styles from './report.module.css';

/** `2:27`: series number and place in it. */
function placeOf(view: StudyView, instanceId: string, frame: number): string {
  for (const series of view.series) {
    const at = slicesOf(series).findIndex(
      (one) => one.instance.id === instanceId && (one.frame === frame || one.frames === 1),
    );
    if (at >= 0) return `${series.number ?? '–'}:${at + 1}`;
  }
  return '';
}

/** The right column: a report to write, or one that is signed, and what was measured. */
export function ReportPanel(props: {
  view: StudyView;
  patientName: string;
  report: ReportHandle | null;
  onReport: (handle: ReportHandle | null) => void;
  onJump: (instanceId: string, frame: number) => void;
  onLeave: () => void;
}) {
  const { view, report } = props;
  const { t, i18n } = useTranslation('reading');
  const { state: session } = useSession();
  const { run } = useCommand();
  const [save, setSave] = useState<{ base: string; isDone: boolean } | null>(null);
  const final = view.reports.find((one) => one.report.status === 'final');
  const own = view.reports.find((one) => one.report.authorId === session?.user?.id)?.report;
  const others = view.reports.filter((one) => one.report !== own && one !== final);
  const base = own ? `${own.id} ${own.savedAtUtc}` : 'new';
  // From the button until the view brings what was saved, the editor stands still: its draft is emptied in between.
  const isSaving = save !== null && !(save.isDone && save.base !== base);
  useEffect(() => {
    if (!isSaving) setSave(null);
  }, [isSaving]);
  const keyPictures = final ? (final.report.keyPictures ?? []) : (report?.text.keyPictures ?? []);
  const keyInstanceIds = final ? final.report.keyInstanceIds : (report?.text.keyInstanceIds ?? []);

  const insert = (one: Measurement): void => {
    if (!report) return;
    const words = `${lengthWords(one, i18n.language)} (${placeOf(view, one.instanceId, one.frame)})`;
    const quoted = { measurementId: one.id, label: words, lengthTenthsMm: one.lengthTenthsMm, lengthPx: one.lengthPx };
    const kept = report.text.measurements.filter((other) => other.measurementId !== one.id);
    report.insert(words, { measurements: [...kept, quoted].slice(-60) });
  };
  const newest = view.measurements.at(-1);
  useHotkey('Alt+M', t('measurements.insertNewest'), () => newest && insert(newest), {
    group: t('keys.report'),
    inFields: true,
    enabled: newest !== undefined && !final,
  });
  const remove = (one: Measurement): void => {
    void run(
      'imaging/remove-measurement',
      { measurementId: one.id },
      { seen: { [`measurement/${one.id}`]: one }, done: t('measurements.removed') },
    );
  };
  const list = (
    <section aria-label={t('measurements.title')} className={styles.section}>
      <h3>{t('measurements.title')}</h3>
      <MeasurementList
        measurements={view.measurements}
        keyImages={keyInstanceIds.map((instanceId) => {
          const { frame = 1, sha256 = null } = keyPictures.find((one) => one.instanceId === instanceId) ?? {};
          return { instanceId, frame, sha256, place: placeOf(view, instanceId, frame) };
        })}
        placeOf={(one) => placeOf(view, one.instanceId, one.frame)}
        canInsert={!final}
        onJump={props.onJump}
        onInsert={insert}
        onRemove={remove}
        onRemoveKey={(id) => report?.change(withoutKeyImage(report.text, id))}
      />
      {others.map((one) => (
        <div key={one.report.id} className={styles.question}>
          <span>{t('report.ofColleague', { name: view.names[one.report.authorId] ?? '' })}</span>
          <p dir="auto">{one.report.findings}</p>
          <p dir="auto">{one.report.impression}</p>
        </div>
      ))}
    </section>
  );
  return (
    <aside className={styles.report} aria-label={t('report.title')}>
      {final ? (
        <FinalReport key={final.report.id} entry={final} names={view.names}>
          {list}
        </FinalReport>
      ) : (
        <ReportEditor
          // Another text of this report to start from, saved here or on another station, is another editor.
          key={isSaving ? save.base : base}
          view={view}
          own={own}
          isSaving={isSaving}
          patientName={props.patientName}
          onHandle={props.onReport}
          onSave={(phase) => setSave(phase === 'refused' ? null : { base, isDone: phase === 'done' })}
          onLeave={props.onLeave}
        >
          {list}
        </ReportEditor>
      )}
    </aside>
  );
}
