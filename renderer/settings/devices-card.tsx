import { Radio } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../bridge/praxis-bridge.ts';
import type { EchoAnswer, StationSettings } from '../bridge/station-answers.ts';
import { useZone } from '../bridge/use-zone.ts';
import { useStation } from '../bridge/use-station.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Chip } from '../ui/chip.tsx';
import { formatInstant } from '../ui/instant-format.ts';
import { IconTile, List, ListRow } from '../ui/list.tsx';
import { EmptyState } from '../ui/states.tsx';
import styles from './settings.module.css';

type Device = StationSettings['devices'][number];

/** The scanners of this location, each with its echo (DICOM C-ECHO, PS3.7 9.1.5). */
export function DevicesCard({ devices }: { devices: readonly Device[] }) {
  const { t } = useTranslation('settings');
  return (
    <Card title={t('devices.title')} note={t('devices.note')}>
      {devices.length === 0 && (
        <div className={styles.padded}>
          <EmptyState title={t('devices.none')}>{t('devices.noneNote')}</EmptyState>
        </div>
      )}
      <List label={t('devices.title')}>
        {devices.map((device) => (
          <DeviceRow key={device.id} device={device} />
        ))}
      </List>
    </Card>
  );
}

function DeviceRow({ device }: { device: Device }) {
  const { t, i18n } = useTranslation('settings');
  const { echo } = useStation();
  const [answer, setAnswer] = useState<EchoAnswer | 'asking' | null>(null);
  const test = async (): Promise<void> => {
    setAnswer('asking');
    const failed = (error: unknown): EchoAnswer => ({ ok: false, durationMs: null, code: codeOf(error) });
    setAnswer(await echo(device.id).catch(failed));
  };
  const zone = useZone();
  const last =
    device.lastImageUtc === null
      ? t('devices.noImage')
      : t('devices.lastImage', {
          at: formatInstant(device.lastImageUtc, { zone, locale: i18n.language, as: 'day-clock', withZone: false }),
        });
  return (
    <ListRow
      mark={<IconTile>{device.modality}</IconTile>}
      title={<bdi>{device.name}</bdi>}
      second={`${device.aeTitle}, ${device.address} · ${last}`}
      middle={
        <span className={styles.test} role="status">
          {answer === 'asking' && t('devices.asking')}
          {answer !== null && answer !== 'asking' && <EchoChip answer={answer} />}
          <Button
            size="toolbar"
            icon={<Radio size={16} />}
            onClick={() => void test()}
            disabledReason={answer === 'asking' ? t('devices.asking') : null}
            aria-label={t('devices.testOf', { name: device.name })}
          >
            {t('devices.test')}
          </Button>
        </span>
      }
    />
  );
}

function EchoChip({ answer }: { answer: EchoAnswer }) {
  const { t } = useTranslation('settings');
  if (answer.ok) return <Chip tone="ok">{t('devices.answers', { count: Math.round(answer.durationMs ?? 0) })}</Chip>;
  return <Chip tone="red">{t('devices.silent', { code: answer.code ?? '' })}</Chip>;
}
