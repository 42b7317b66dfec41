import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PatientRow } from '../../shared/people/search-views.ts';
import { usePersonFacts } from '../app/patient/patient-banner.tsx';
import { useView } from '../bridge/use-view.ts';
import { Button } from '../ui/button.tsx';
import { AllergyChip } from '../ui/chip.tsx';
import { Select } from '../ui/select.tsx';
import { SidePanel } from '../ui/side-panel.tsx';
import { PersonName } from '../ui/values.tsx';
import { ServiceFields, useWalkInService } from './walk-in-service.tsx';
import { PatientField } from '../people/patient-field.tsx';

export type WalkIn = {
  patientId: string;
  locationId: string;
  practitionerId: string | null;
  serviceId: string | null;
  deviceId: string | null;
};
type Picked = Pick<PatientRow, 'patientId' | 'name' | 'sex' | 'birthDate' | 'recordNumber' | 'allergies'>;

/** A patient without a booking: find, choose for whom, Ctrl+Enter receives. */
export function WalkInPanel({
  startPatientId,
  today,
  locationId,
  practitioners,
  onReceive,
  onClose,
}: {
  /** Whom the palette brought, or nobody. */
  startPatientId: string | null;
  today: string;
  locationId: string;
  practitioners: readonly { id: string; name: string }[];
  onReceive: (input: WalkIn, name: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('waiting-room');
  const facts = usePersonFacts();
  const [chosen, setPicked] = useState<Picked | null>(null);
  const [broughtId, setBroughtId] = useState(startPatientId);
  const banner = useView('people/banner', broughtId ? { patientId: broughtId } : null);
  const brought = banner.state === 'ready' && broughtId ? banner.value : null;
  const picked = chosen ?? brought;
  const [practitionerId, setPractitionerId] = useState('');
  const service = useWalkInService(locationId);
  const receive = (): void => {
    if (!picked) return;
    const { serviceId, deviceId } = service;
    const input = { patientId: picked.patientId, locationId, practitionerId: practitionerId || null };
    onReceive({ ...input, serviceId, deviceId }, picked.name.written);
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
          <PatientField today={today} autoFocus onTake={setPicked} />
        ) : (
          <div>
            <p>
              <PersonName written={picked.name.written} latin={picked.name.latin} />
            </p>
            <p>{facts(picked, today)}</p>
            <AllergyChip fact={picked.allergies} />{' '}
            <Button
              size="toolbar"
              kind="quiet"
              onClick={() => {
                setPicked(null);
                setBroughtId(null);
              }}
            >
              {t('walkInPanel.another')}
            </Button>
          </div>
        )}
        {picked !== null && <ServiceFields {...service} />}
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
