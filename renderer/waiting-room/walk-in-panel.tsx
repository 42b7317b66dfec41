import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PatientRow } from '../../shared/people/search-views.ts';
import { usePersonFacts } from '../app/patient/patient-banner.tsx';
import { Button } from '../ui/button.tsx';
import { AllergyChip } from '../ui/chip.tsx';
import { Select } from '../ui/select.tsx';
import { SidePanel } from '../ui/side-panel.tsx';
import { PersonName } from '../ui/values.tsx';
import { PatientField } from './patient-field.tsx';

type Picked = PatientRow;

/** A patient without a booking: find, choose for whom, Ctrl+Enter receives. */
export function WalkInPanel({
  today,
  practitioners,
  onReceive,
  onClose,
}: {
  today: string;
  practitioners: readonly { id: string; name: string }[];
  onReceive: (patientId: string, practitionerId: string | null, name: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('waiting-room');
  const facts = usePersonFacts();
  const [picked, setPicked] = useState<Picked | null>(null);
  const [practitionerId, setPractitionerId] = useState('');
  const receive = (): void => {
    if (picked) onReceive(picked.patientId, practitionerId === '' ? null : practitionerId, picked.name.written);
  };
  return (
    <form
      style={{ display: 'contents' }}
      onSubmit={(event) => {
        event.preventDefault();
        receive();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.ctrlKey) receive();
      }}
    >
      <SidePanel
        title={t('walkIn')}
        onClose={onClose}
        footer={
          <Button
            kind="main"
            size="main"
            type="submit"
            keyCap="Ctrl+Enter"
            disabledReason={picked ? null : t('walkInPanel.first')}
          >
            {picked ? t('walkInPanel.receive', { name: picked.name.written }) : t('walkInPanel.receiveNobody')}
          </Button>
        }
      >
        {picked === null ? (
          <PatientField today={today} onPick={setPicked} />
        ) : (
          <div>
            <p>
              <PersonName written={picked.name.written} latin={picked.name.latin} />
            </p>
            <p>{facts(picked, today)}</p>
            <AllergyChip fact={picked.allergies} />{' '}
            <Button size="toolbar" kind="quiet" onClick={() => setPicked(null)}>
              {t('walkInPanel.another')}
            </Button>
          </div>
        )}
        {picked !== null && (
          <Select
            label={t('walkInPanel.practitioner')}
            value={practitionerId}
            onChange={setPractitionerId}
            options={[
              { value: '', label: t('walkInPanel.nobodyYet') },
              ...practitioners.map((one) => ({ value: one.id, label: one.name })),
            ]}
          />
        )}
      </SidePanel>
    </form>
  );
}
