import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useView } from '../bridge/use-view.ts';
import { Select } from '../ui/select.tsx';
import styles from './waiting-room-screen.module.css';

/** What a patient without a booking comes for, and on which scanner: the only one of its kind here, or the one that is chosen. */
export function useWalkInService(locationId: string) {
  const catalogue = useView('scheduling/catalogue', { locationId });
  const [serviceId, setServiceId] = useState('');
  const [chosenDeviceId, setDeviceId] = useState('');
  const offered = catalogue.state === 'ready' ? catalogue.value : null;
  const services = offered?.services ?? [];
  const modality = services.find((one) => one.id === serviceId)?.modality ?? null;
  const devices = modality === null ? [] : (offered?.devices ?? []).filter((one) => one.modality === modality);
  const device = devices.find((one) => one.id === chosenDeviceId) ?? devices[0];
  return {
    services,
    modality,
    devices,
    serviceId: serviceId || null,
    deviceId: device?.id ?? null,
    setServiceId,
    setDeviceId,
  };
}

/** The service, and the scanner where there are several of its kind. Who has just chosen the patient goes on here. */
export function ServiceFields(part: ReturnType<typeof useWalkInService>) {
  const { t } = useTranslation('waiting-room');
  const { services, modality, devices } = part;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector('select')?.focus(), []);
  return (
    <div ref={box} className={styles.service}>
      <Select
        label={t('walkInPanel.service')}
        value={part.serviceId ?? ''}
        onChange={part.setServiceId}
        options={[
          { value: '', label: t('walkInPanel.nothingYet') },
          ...services.map((one) => ({ value: one.id, label: one.name })),
        ]}
      />
      {devices.length > 1 && (
        <Select
          label={t('walkInPanel.device')}
          value={part.deviceId ?? ''}
          onChange={part.setDeviceId}
          options={devices.map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
      {modality !== null && (
        <p role="status">
          {devices.length === 0
            ? t('walkInPanel.noDevice', { modality })
            : t('walkInPanel.listed', { device: devices.find((one) => one.id === part.deviceId)?.name })}
        </p>
      )}
    </div>
  );
}
