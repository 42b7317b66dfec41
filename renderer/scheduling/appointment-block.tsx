import { CircleAlert, ShieldAlert, TriangleAlert, Wallet } from 'lucide-react';
import type { DragEvent, Ref } from 'react';
import { minutesBetween } from '../../shared/kernel/time.ts';
import { Chip } from '../ui/chip.tsx';
import { clockWords } from '../../shared/kernel/clock-words.ts';
import { statusIcons } from '../ui/status.tsx';
import styles from './appointment-block.module.css';
import type { PlacedBlock } from './grid-model.ts';
import { statusOf } from './grid-model.ts';
import { useWords } from './words.ts';

export type BlockPart = {
  placed: PlacedBlock;
  top: number;
  height: number;
  nowUtc: string;
  zone: string;
  selected: boolean;
  tabStop: boolean;
  /** Not known whether the slot is held: the bookings of this time are not all here. */
  unknown: boolean;
  onSelect: () => void;
  onOpen: () => void;
  onDragStart: (event: DragEvent) => void;
  onResizeStart: (clientY: number) => void;
  ref: Ref<HTMLButtonElement>;
};

/** A booking on the grid: status by bar, icon and word; the name has the room, flags stand on the second line. */
export function AppointmentBlock(part: BlockPart) {
  const { say } = useWords('scheduling');
  const { block } = part.placed;
  const status = statusOf(block);
  const Icon = statusIcons[status];
  const isPast = status === 'completed' || (block.appointment.endsAtUtc < part.nowUtc && !block.step);
  const isOneLine = part.height < 34;
  const minutes = block.step && status !== 'completed' ? minutesBetween(block.step.atUtc, part.nowUtc) : null;
  const word = say(`status.${status}`);
  const movable = block.appointment.status === 'booked' && !block.encounter;
  const width = 100 / part.placed.lanes;
  const flags = <BlockFlags placed={part.placed} unknown={part.unknown} />;
  return (
    <button
      ref={part.ref}
      type="button"
      className={styles.block}
      data-status={status}
      data-past={isPast || undefined}
      data-line={isOneLine || undefined}
      aria-pressed={part.selected}
      tabIndex={part.tabStop ? 0 : -1}
      draggable={movable}
      onDragStart={part.onDragStart}
      onClick={part.onSelect}
      onDoubleClick={part.onOpen}
      style={{
        top: part.top,
        height: part.height - 1,
        insetInlineStart: `calc(${part.placed.lane * width}% + 3px)`,
        width: `calc(${width}% - 6px)`,
      }}
    >
      <span className={styles.first}>
        <Icon size={14} aria-hidden="true" />
        <bdi className={styles.name}>{block.patient.written}</bdi>
        {/* One line has room for the name or for the word; that it is booked, icon and bar say too. */}
        {isOneLine && <span className={status === 'booked' ? 'visually-hidden' : styles.word}>{word}</span>}
      </span>
      {!isOneLine && (
        <span className={styles.second}>
          <span className={styles.words}>
            <span className={styles.time}>{clockWords(block.appointment.startsAtUtc, part.zone)}</span>{' '}
            <b className={styles.word}>{word}</b>
            {minutes !== null && <b className={styles.word}> {say('minutes', { minutes })}</b>}
            {part.height < 54 && <> · {block.service.name}</>}
          </span>
          {flags}
        </span>
      )}
      {part.height >= 54 && <span className={styles.third}>{block.service.name}</span>}
      {part.height >= 70 && block.appointment.overrideReason && (
        <span className={styles.third}>{say('overridden', { reason: block.appointment.overrideReason })}</span>
      )}
      {movable && part.selected && (
        <span
          className={styles.grip}
          aria-hidden="true"
          onPointerDown={(event) => {
            event.preventDefault();
            event.stopPropagation();
            part.onResizeStart(event.clientY);
          }}
        />
      )}
    </button>
  );
}

function BlockFlags({ placed, unknown }: { placed: PlacedBlock; unknown: boolean }) {
  const { say } = useWords('scheduling');
  const { patient, flags, appointment } = placed.block;
  const substances = patient.substances.join(', ');
  return (
    <span className={styles.flags}>
      {flags.isNew === true && appointment.status === 'booked' && <Chip tone="accent">{say('flag.new')}</Chip>}
      {appointment.overrideReason && (
        <ShieldAlert size={14} role="img" aria-label={say('overridden', { reason: appointment.overrideReason })} />
      )}
      {unknown && <CircleAlert size={14} role="img" aria-label={say('flag.unknown')} />}
      {flags.owes && <Wallet className={styles.owes} size={14} role="img" aria-label={say('flag.owes')} />}
      {patient.allergyState === 'listed' && (
        <TriangleAlert
          className={styles.allergy}
          size={14}
          role="img"
          aria-label={say('flag.allergy', { substances })}
        />
      )}
    </span>
  );
}
