import {
  Ban,
  Check,
  Download,
  Images,
  ListChecks,
  ListX,
  type LucideIcon,
  ScanLine,
  TriangleAlert,
  UserX,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Device } from '../../shared/devices/schema.ts';
import type { ScanRow, ScanState } from '../../shared/orders/scan-row.ts';
import { useHotkey } from '../ui/hotkeys.ts';
import { Button } from '../ui/button.tsx';
import { Chip } from '../ui/chip.tsx';
import { formatInstant } from '../ui/instant-format.ts';
import { EmptyState } from '../ui/states.tsx';
import { type Column, Table } from '../ui/table.tsx';
import styles from './scan.module.css';
import { useStepDeeds } from './use-step-deeds.ts';

const looks: Record<ScanState, { status: string; icon: LucideIcon }> = {
  'no-order': { status: 'amber', icon: ListX },
  moved: { status: 'amber', icon: ListX },
  listed: { status: 'booked', icon: ListChecks },
  fetched: { status: 'arrived', icon: Download },
  'in-scan': { status: 'in_scan', icon: ScanLine },
  images: { status: 'review', icon: Images },
  done: { status: 'completed', icon: Check },
  'no-show': { status: 'no_show', icon: UserX },
  cancelled: { status: 'completed', icon: Ban },
};

/** The steps; arrows choose, Enter does what the row offers, X gives a step up. */
export function ScanTable({
  rows,
  zone,
  device,
  selectedId,
  onSelect,
}: {
  rows: readonly ScanRow[];
  zone: string;
  device: Device | undefined;
  selectedId: string | null;
  onSelect: (row: ScanRow) => void;
}) {
  const { t, i18n } = useTranslation(['orders', 'kit']);
  const deeds = useStepDeeds();
  const selected = rows.find((row) => row.id === selectedId);
  const press = (row: ScanRow): void => {
    if (row.state === 'moved' && device) deeds.moveTo(row, device);
    else if (row.state === 'done' || row.state === 'cancelled') deeds.setStatus(row, 'scheduled');
    else if (row.images > 0) deeds.setStatus(row, 'completed');
  };
  const giveUp = (): void => {
    if (selected?.order?.status === 'scheduled') deeds.setStatus(selected, 'cancelled');
  };
  useHotkey('X', t('deed.giveUp'), giveUp, { group: t('keys'), enabled: deeds.mayWrite });
  const columns: Column<ScanRow>[] = [
    {
      key: 'time',
      head: t('column.time'),
      width: '52px',
      cell: (row) => <b>{formatInstant(row.atUtc, { zone, locale: i18n.language, as: 'clock', withZone: false })}</b>,
    },
    { key: 'patient', head: t('column.patient'), width: 'minmax(140px, 1.4fr)', cell: (row) => <Person row={row} /> },
    {
      key: 'procedure',
      head: t('column.procedure'),
      width: 'minmax(110px, 1fr)',
      cell: (row) => (
        <>
          {row.procedure} {row.urgent && <Chip tone="red">{t('urgent')}</Chip>}
        </>
      ),
    },
    { key: 'accession', head: t('column.accession'), width: '100px', cell: (row) => row.order?.accessionNumber ?? '–' },
    { key: 'state', head: t('column.state'), width: '168px', cell: (row) => <StateWord row={row} /> },
    {
      key: 'images',
      head: t('column.images'),
      width: '56px',
      align: 'end',
      cell: (row) => (row.images > 0 ? <b>{row.images}</b> : '–'),
    },
    {
      key: 'deed',
      head: t('column.deed'),
      width: '180px',
      align: 'end',
      cell: (row) => (
        <Deed row={row} device={device} isSelected={row.id === selectedId} onPress={() => press(row)} deeds={deeds} />
      ),
    },
  ];
  return (
    <Table
      label={t('table')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowHeightPx={48}
      selectedKey={selectedId}
      onSelect={onSelect}
      onOpen={press}
      statusOf={(row) => looks[row.state].status}
      empty={<EmptyState title={t('empty.title')}>{t('empty.why')}</EmptyState>}
    />
  );
}

function Person({ row }: { row: ScanRow }) {
  const { t } = useTranslation('orders');
  return (
    <>
      <span className={styles.name}>
        <bdi>{row.name.written}</bdi>{' '}
        {row.allergyState === 'listed' && (
          <span className={styles.no} title={row.allergies.join(', ')}>
            <TriangleAlert size={14} role="img" aria-label={t('allergies', { list: row.allergies.join(', ') })} />
          </span>
        )}
      </span>
      {row.name.latin && (
        <span className={styles.second}>
          <bdi>{row.name.latin}</bdi>
        </span>
      )}
    </>
  );
}

function StateWord({ row }: { row: ScanRow }) {
  const { t } = useTranslation('orders');
  const { status, icon: Icon } = looks[row.state];
  const marks = row.studies.flatMap((one) => one.study.marks);
  const isHeld = row.studies.some((one) => one.study.state === 'held');
  return (
    <>
      <span className={styles.state} data-status={status}>
        <Icon size={14} aria-hidden="true" /> {t(`state.${row.state}`)}
      </span>
      {(isHeld || marks.length > 0) && (
        <span className={styles.second}>
          {[isHeld ? t('heldBack') : '', ...marks.map((mark) => t(`mark.${mark}`))]
            .filter((one) => one !== '')
            .join(', ')}
        </span>
      )}
    </>
  );
}

function Deed({
  row,
  device,
  isSelected,
  onPress,
  deeds,
}: {
  row: ScanRow;
  device: Device | undefined;
  isSelected: boolean;
  onPress: () => void;
  deeds: ReturnType<typeof useStepDeeds>;
}) {
  const { t } = useTranslation('orders');
  const may = row.state === 'moved' ? deeds.mayMove : deeds.mayWrite;
  const words =
    row.state === 'moved' && device
      ? t('deed.moveTo', { device: device.name })
      : row.state === 'done' || row.state === 'cancelled'
        ? isSelected && row.order && t('deed.reopen')
        : row.images > 0 && t('deed.close');
  if (!words) return null;
  return (
    <Button
      size="toolbar"
      kind={isSelected && row.state === 'moved' ? 'main' : 'plain'}
      {...(isSelected && { keyCap: 'Enter' })}
      tabIndex={-1}
      disabledReason={may ? null : t('mayNot')}
      onClick={onPress}
    >
      {words}
    </Button>
  );
}
