import { Lock, Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StudyReport } from '../../shared/imaging/views.ts';
import { useCommand } from '../bridge/use-command.ts';
import { useDraft } from '../bridge/use-draft.ts';
import { useZone } from '../bridge/use-zone.ts';
import { usePaper } from '../papers/use-paper.ts';
import { Button } from '../ui/button.tsx';
import { formatInstant } from '../ui/instant-format.ts';
import { reportFields } from './report-text.ts';
import styles from './report.module.css';

/** A finalized report: read, printed, corrected by an addendum, never changed. */
export function FinalReport(props: { entry: StudyReport; names: Record<string, string>; children: ReactNode }) {
  const { report, addenda } = props.entry;
  const { t, i18n } = useTranslation('reading');
  const { run, isRunning } = useCommand();
  const draft = useDraft(`addendum/${report.id}`, report.patientId, { text: '' }, {});
  const paper = usePaper();
  const zone = useZone();
  const at = (utc: string): string =>
    formatInstant(utc, { zone, locale: i18n.language, as: 'day-clock', withZone: true });

  const add = async (): Promise<void> => {
    if (draft.body.text.trim() === '' || isRunning) return;
    await draft.flush();
    const answer = await run(
      'reports/add-addendum',
      { reportId: report.id, text: draft.body.text },
      { seen: {}, done: t('final.addendumAdded') },
    );
    if (answer.ok) await draft.discard();
  };
  return (
    <>
      <header className={styles.reportHead}>
        <h2>{t('report.title')}</h2>
        <span className={styles.badge}>
          <Lock size={12} aria-hidden="true" /> {t('report.final')}
        </span>
        <span className={styles.saved}>{report.documentNumber}</span>
      </header>
      <div className={styles.reportBody}>
        {reportFields
          .filter((field) => report[field].trim() !== '')
          .map((field) => (
            <div key={field} className={styles.question}>
              <span>{t(`report.${field}`)}</span>
              <p dir="auto" data-final={field}>
                {report[field]}
              </p>
            </div>
          ))}
        <p className={styles.hint}>
          {t('final.signed', {
            name: props.names[report.authorId] ?? '',
            at: at(report.finalizedAtUtc ?? report.savedAtUtc),
          })}
        </p>
        {addenda.map((one) => (
          <div key={one.id} className={styles.question} data-addendum="">
            <span>{t('final.addendum', { name: props.names[one.authorId] ?? '', at: at(one.atUtc) })}</span>
            <p dir="auto">{one.text}</p>
          </div>
        ))}
        {props.children}
        <label className={styles.field}>
          <span>{t('final.newAddendum')}</span>
          <textarea
            dir="auto"
            rows={3}
            data-field="addendum"
            value={draft.body.text}
            onChange={(event) => draft.change({ text: event.currentTarget.value })}
          />
        </label>
      </div>
      <footer className={styles.reportFoot}>
        <div className={styles.buttons}>
          <Button
            kind="main"
            size="main"
            wide
            disabledReason={draft.body.text.trim() === '' ? t('final.writeFirst') : null}
            onClick={() => void add()}
          >
            {t('final.addAddendum')}
          </Button>
          <Button
            size="main"
            icon={<Printer size={15} aria-hidden="true" />}
            onClick={() =>
              void paper.show({
                template: 'report',
                id: report.id,
                title: t('final.paper', { number: report.documentNumber ?? '' }),
              })
            }
          >
            {t('final.print')}
          </Button>
        </div>
      </footer>
    </>
  );
}
