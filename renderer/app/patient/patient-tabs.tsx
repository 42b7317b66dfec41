import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useView } from '../../bridge/use-view.ts';
import { classNames } from '../../ui/class-names.ts';
import { go, goTo } from '../router.ts';
import { closePatientTab, type OpenPatient, useUi } from '../ui-state.ts';
import styles from './patient-tabs.module.css';

/** One tab for each open patient, with its own colour; the place in it is kept while another is looked at. */
export function PatientTabs({ openId }: { openId: string | undefined }) {
  const { t } = useTranslation('frame');
  const openPatients = useUi((state) => state.openPatients);
  return (
    <nav className={styles.tabs} aria-label={t('tabs.label')}>
      {openPatients.map((one) => (
        <PatientTab key={one.patientId} patient={one} isOpen={one.patientId === openId} />
      ))}
    </nav>
  );
}

function PatientTab({ patient, isOpen }: { patient: OpenPatient; isOpen: boolean }) {
  const { t } = useTranslation('frame');
  const view = useView('people/banner', { patientId: patient.patientId });
  const name = view.state === 'ready' ? (view.value?.name.written ?? '…') : '…';
  const close = (): void => {
    const others = useUi.getState().openPatients.filter((one) => one.patientId !== patient.patientId);
    closePatientTab(patient.patientId);
    const next = others.at(-1);
    if (isOpen && next) goTo(next.hash, { replace: true });
    if (isOpen && !next) go('patients', {}, { replace: true });
  };
  return (
    <span className={classNames(styles.tab, isOpen && styles.open)} data-tab-colour={patient.colour}>
      <button
        type="button"
        aria-current={isOpen ? 'page' : undefined}
        onClick={() => goTo(patient.hash)}
        className={styles.name}
      >
        <span className={styles.dot} aria-hidden="true" />
        <bdi>{name}</bdi>
      </button>
      <button type="button" className={styles.close} aria-label={t('tabs.close', { name })} onClick={close}>
        <X size={14} />
      </button>
    </span>
  );
}
