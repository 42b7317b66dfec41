import { Check, CircleAlert, CircleCheck, Radio } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Device } from '../../shared/devices/schema.ts';
import type { ScanRow } from '../../shared/orders/scan-row.ts';
import { codeOf } from '../bridge/praxis-bridge.ts';
import type { EchoAnswer } from '../bridge/station-answers.ts';
import { useStation } from '../bridge/use-station.ts';
import { Button } from '../ui/button.tsx';
import { Chip } from '../ui/chip.tsx';
import { formatInstant } from '../ui/instant-format.ts';
import { type DeviceLog, useDeviceLog } from './device-log.ts';
import { NotListed } from './not-listed.tsx';
import styles from './scan.module.css';

/** The device beside the list: whether it answers, what it last asked and sent, and why somebody is not on its worklist. */
export function DevicePanel({
  device,
  zone,
  rows,
  selected,
}: {
  device: Device;
  zone: string;
  rows: readonly ScanRow[];
  selected: ScanRow | null;
}) {
  const { t, i18n } = useTranslation('orders');
  const log = useDeviceLog(device.id);
  const time = (atUtc: string): string =>
    formatInstant(atUtc, { zone, locale: i18n.language, as: 'day-clock', withZone: false });
  const gigabytes = log?.diskFreeBytes ? Math.round(log.diskFreeBytes / 1e9) : null;
  return (
    <aside className={styles.panel} aria-label={device.name}>
      <Echo key={device.id} device={device} />
      <dl className={styles.facts}>
        <dt>{t('panel.calls')}</dt>
        <dd>
          {device.aeTitle}, {device.host} : {device.port}
        </dd>
        <dt>{t('panel.lastImage')}</dt>
        <dd>{log?.lastImageAtUtc ? time(log.lastImageAtUtc) : t('panel.noImage')}</dd>
        <dt>{t('panel.refused')}</dt>
        <dd>
          {log === null || log.refusals.length === 0
            ? t('panel.noneRefused')
            : log.refusals.slice(0, 3).map((one) => (
                <div key={`${one.atUtc} ${one.why}`}>
                  {time(one.atUtc)} {one.callingAeTitle} {one.why}
                </div>
              ))}
        </dd>
        <dt>{t('panel.disk')}</dt>
        <dd>{gigabytes === null ? '–' : `${gigabytes} GB`}</dd>
      </dl>
      <LastQuery device={device} log={log} rows={rows} zone={zone} />
      {selected && <NotListed row={selected} device={device} log={log} zone={zone} />}
    </aside>
  );
}

function Echo({ device }: { device: Device }) {
  const { t } = useTranslation('orders');
  const { echo } = useStation();
  const [answer, setAnswer] = useState<EchoAnswer | 'asking' | null>(null);
  const test = (): void => {
    setAnswer('asking');
    echo(device.id).then(setAnswer, (error: unknown) =>
      setAnswer({ ok: false, durationMs: null, code: codeOf(error) }),
    );
  };
  return (
    <div className={styles.panelHead}>
      <h2>{device.name}</h2>
      <Button
        size="toolbar"
        icon={<Radio size={14} aria-hidden="true" />}
        onClick={test}
        disabledReason={answer === 'asking' ? t('echo.asking') : null}
      >
        {t('echo.test')}
      </Button>
      <span aria-live="polite">
        {answer === 'asking' && <Chip>{t('echo.asking')}</Chip>}
        {answer !== null && answer !== 'asking' && answer.ok && (
          <Chip tone="ok" icon={<CircleCheck size={14} aria-hidden="true" />}>
            {answer.durationMs === null ? t('echo.yes') : t('echo.answers', { ms: Math.round(answer.durationMs) })}
          </Chip>
        )}
        {answer !== null && answer !== 'asking' && !answer.ok && (
          <Chip tone="red" icon={<CircleAlert size={14} aria-hidden="true" />}>
            {t('echo.no', { code: answer.code ?? '' })}
          </Chip>
        )}
      </span>
    </div>
  );
}

/** What was asked in one sentence, and who was given. */
function LastQuery({
  device,
  log,
  rows,
  zone,
}: {
  device: Device;
  log: DeviceLog | null;
  rows: readonly ScanRow[];
  zone: string;
}) {
  const { t, i18n } = useTranslation('orders');
  const query = log?.lastQuery;
  if (!query)
    return (
      <section>
        <h3>{t('query.title')}</h3>
        <p className={styles.quiet}>{t('query.never', { device: device.name })}</p>
      </section>
    );
  const key = (name: string): string => query.keys[name] ?? '';
  const station = key('ScheduledStationAETitle');
  const words = {
    device: device.name,
    modality: key('Modality') || t('query.anyKind'),
    day: key('ScheduledProcedureStepStartDate').replaceAll(/(\d{4})(\d{2})(\d{2})/g, '$1-$2-$3') || t('query.today'),
    station: station === '' || station === device.aeTitle ? t('query.itself') : station,
    count: query.answeredStepIds.length,
  };
  const given = query.answeredStepIds.map((stepId) => ({
    stepId,
    row: rows.find((one) => one.order?.stepId === stepId),
  }));
  return (
    <section>
      <div className={styles.panelHead}>
        <h3>{t('query.title')}</h3>
        <span className={styles.quiet}>
          {formatInstant(query.atUtc, { zone, locale: i18n.language, as: 'day-clock', withZone: false })}
        </span>
      </div>
      <p>
        {t('query.asked', words)} {t('query.given', { count: words.count })}
      </p>
      {given.length > 0 && (
        <ul className={styles.asked}>
          {given.slice(0, 12).map(({ stepId, row }) => (
            <li key={stepId}>
              <Check size={14} aria-hidden="true" />
              <bdi>{row?.name.written ?? stepId}</bdi>
              <span className={styles.quiet}>
                {row && formatInstant(row.atUtc, { zone, locale: i18n.language, as: 'clock', withZone: false })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
