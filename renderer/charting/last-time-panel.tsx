import { useTranslation } from 'react-i18next';
import { compareAllergies } from '../../shared/charting/allergy-match.ts';
import type { LastTime } from '../../shared/charting/last-time-view.ts';
import type { Patient } from '../../shared/people/schema.ts';
import { useView } from '../bridge/use-view.ts';
import { Button } from '../ui/button.tsx';
import { formatInstant } from '../ui/instant-format.ts';
import { SidePanel } from '../ui/side-panel.tsx';
import { EmptyState, ErrorState, NotPermitted, Skeleton } from '../ui/states.tsx';
import { useMedicineWords } from './medication-card.tsx';
import styles from './side-cards.module.css';
import type { VisitDraft } from './visit-draft.ts';

type Copy = Partial<Pick<VisitDraft, 'note' | 'prescriptions' | 'services'>>;

/** What was charted last time, to copy from; what is copied says where it comes from. Measured values are never copied. */
export function LastTimePanel({
  patient,
  encounterId,
  zone,
  draft,
  onCopy,
  onClose,
}: {
  patient: Patient;
  encounterId: string;
  zone: string;
  draft: VisitDraft;
  onCopy: (part: Copy) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('charting');
  const view = useView('charting/last-time', { patientId: patient.id, encounterId });
  return (
    <SidePanel title={t('last.title')} onClose={onClose}>
      {view.state === 'loading' && <Skeleton isSlow={view.isSlow} />}
      {view.state === 'not-permitted' && <NotPermitted />}
      {view.state === 'error' && (
        <ErrorState title={t('error.title')} why={t('error.why')} code={view.code} onRetry={view.retry} />
      )}
      {view.state === 'ready' && view.value.visit && (
        <LastVisit visit={view.value.visit} patient={patient} zone={zone} draft={draft} onCopy={onCopy} />
      )}
      {view.state === 'ready' && !view.value.visit && (
        <EmptyState title={t('last.none')}>
          {t(view.value.held === 'held' ? 'last.noneWhy' : 'last.notHeld')}
        </EmptyState>
      )}
    </SidePanel>
  );
}

function LastVisit({
  visit,
  patient,
  zone,
  draft,
  onCopy,
}: {
  visit: NonNullable<LastTime['visit']>;
  patient: Patient;
  zone: string;
  draft: VisitDraft;
  onCopy: (part: Copy) => void;
}) {
  const { t, i18n } = useTranslation('charting');
  const words = useMedicineWords();
  const day = formatInstant(visit.openedAtUtc, { zone, locale: i18n.language, as: 'day', withZone: false });
  const source = t('last.source', { day, name: visit.practitionerName ?? '' });
  // A medicine against an allergy that is listed by now is not copied: it has to be ordered with its reason.
  const notAgainst = visit.prescriptions.filter(
    (one) => compareAllergies(one.drug, patient.allergies).against.length === 0,
  );
  const copyNote = (): void => {
    if (visit.note)
      onCopy({ note: [draft.note.trimEnd(), `[${source}]`, visit.note.text].filter((part) => part !== '').join('\n') });
  };
  const copyMedicines = (): void => {
    const copies = notAgainst.map(({ drug, dose, doseUnit, route, frequency, durationDays, instructions }) => ({
      key: crypto.randomUUID(),
      medicine: { drug, dose, doseUnit, route, frequency, durationDays, instructions, allergyReason: null },
      from: day,
    }));
    onCopy({ prescriptions: [...draft.prescriptions, ...copies].slice(0, 20) });
  };
  return (
    <>
      <p className={styles.quiet}>{source}</p>
      {visit.note && (
        <section>
          <p dir="auto" style={{ whiteSpace: 'pre-wrap' }}>
            {visit.note.text}
          </p>
          <Button size="toolbar" onClick={copyNote}>
            {t('last.copyNote')}
          </Button>
        </section>
      )}
      {visit.prescriptions.length > 0 && (
        <section>
          <ul>
            {visit.prescriptions.map((one) => (
              <li key={one.id} className={styles.line}>
                <span>
                  <b>{one.drug}</b> {words(one)}
                </span>
                {!notAgainst.includes(one) && <span className={styles.quiet}>{t('last.nowAllergic')}</span>}
              </li>
            ))}
          </ul>
          <Button
            size="toolbar"
            onClick={copyMedicines}
            disabledReason={notAgainst.length === 0 ? t('last.nowAllergic') : null}
          >
            {t('last.copyMedicines', { count: notAgainst.length })}
          </Button>
        </section>
      )}
      {visit.services.length > 0 && (
        <Button size="toolbar" onClick={() => onCopy({ services: visit.services })}>
          {t('last.copyServices', { count: visit.services.length })}
        </Button>
      )}
      <p className={styles.quiet}>{t('last.notVitals')}</p>
    </>
  );
}
