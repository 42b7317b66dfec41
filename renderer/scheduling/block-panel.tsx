import type { ReactNode } from 'react';
import { localTime } from '../../shared/kernel/time.ts';
import type { DayBlock, DayView } from '../../shared/scheduling/day-views.ts';
import { go } from '../app/router.ts';
import { usePersonFacts } from '../app/patient/patient-banner.tsx';
import { Button } from '../ui/button.tsx';
import { AllergyChip } from '../ui/chip.tsx';
import { clockWords } from '../../shared/kernel/clock-words.ts';
import { SidePanel } from '../ui/side-panel.tsx';
import { StatusWord } from '../ui/status.tsx';
import { PersonName } from '../ui/values.tsx';
import styles from './appointment-panel.module.css';
import { dayWords } from './day-words.ts';
import { statusOf } from './grid-model.ts';
import { useWords } from './words.ts';

export type BlockDeed = 'arrive' | 'waiting' | 'in_room' | 'noShow' | 'cancel' | 'move';

/** One booking in detail, with everything that can be done to it and the keys that do it. */
export function BlockPanel({
  block,
  view,
  today,
  onDeed,
  onClose,
}: {
  block: DayBlock;
  view: DayView;
  today: string;
  onDeed: (deed: BlockDeed) => void;
  onClose: () => void;
}) {
  const { say, locale } = useWords('scheduling');
  const facts = usePersonFacts();
  const { appointment, patient } = block;
  const { startsAtUtc, endsAtUtc } = appointment;
  const { zone } = view.location;
  const clocks = `${clockWords(startsAtUtc, zone)}–${clockWords(endsAtUtc, zone)}`;
  const status = statusOf(block);
  const isOpen = appointment.status === 'booked' && !block.encounter;
  const resources = appointment.resources
    .map((row) => view.columns.find((one) => one.resourceId === row.resourceId)?.name)
    .filter((name) => name !== undefined);
  const rows: Array<[string, ReactNode]> = [
    ['status', <StatusWord key="status" status={status} />],
    ['when', `${dayWords(localTime(startsAtUtc, zone).day, locale, 'short')} ${clocks}`],
    ['service', block.service.name],
    ['with', resources.join(', ')],
    ['phone', patient.phone],
    ['note', appointment.note],
    ['reason', appointment.statusReason],
    ['override', appointment.overrideReason],
  ];
  const deed = (name: BlockDeed, keys: string, danger = false) => (
    <Button kind={danger ? 'danger' : 'plain'} keyCap={keys} onClick={() => onDeed(name)}>
      {say(`deed.${name}`, { name: patient.written })}
    </Button>
  );
  return (
    <SidePanel
      title={say('panel.block')}
      onClose={onClose}
      footer={
        isOpen && appointment.placement === 'placed' ? (
          <Button kind="main" size="main" wide keyCap="A" onClick={() => onDeed('arrive')}>
            {say('deed.arrive', { name: patient.written })}
          </Button>
        ) : undefined
      }
    >
      <div className={styles.card}>
        <div className={styles.cardName}>
          <PersonName written={patient.written} latin={patient.latin} />
        </div>
        <div className={styles.cardFacts}>{facts(patient, today)}</div>
        <div className={styles.chips}>
          <AllergyChip fact={{ state: patient.allergyState, substances: patient.substances }} short />
        </div>
      </div>
      <dl className={styles.facts}>
        {rows
          .filter(([, value]) => value !== null && value !== undefined && value !== '')
          .map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{say(`fact.${name}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <div className={styles.actions}>
        {block.encounter && status !== 'completed' && deed('waiting', 'W')}
        {block.encounter && status !== 'completed' && deed('in_room', 'R')}
        {isOpen && deed('move', 'M')}
        {isOpen && deed('noShow', 'N')}
        {isOpen && deed('cancel', 'C', true)}
        <Button kind="quiet" onClick={() => go('patient', { patientId: appointment.patientId })}>
          {say('openPatient', { name: patient.written })}
        </Button>
      </div>
    </SidePanel>
  );
}
