import {
  Ban,
  Calendar,
  CalendarX2,
  Check,
  ClipboardCheck,
  DoorOpen,
  Hourglass,
  type LucideIcon,
  ScanLine,
  Stethoscope,
  UserX,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './status.module.css';

export type Status =
  | 'booked'
  | 'arrived'
  | 'waiting'
  | 'in_room'
  | 'in_scan'
  | 'review'
  | 'completed'
  | 'cancelled'
  | 'no_show'
  | 'unplaced';

export const statusIcons: Record<Status, LucideIcon> = {
  booked: Calendar,
  arrived: DoorOpen,
  waiting: Hourglass,
  in_room: Stethoscope,
  in_scan: ScanLine,
  review: ClipboardCheck,
  completed: Check,
  cancelled: Ban,
  no_show: UserX,
  unplaced: CalendarX2,
};

/** Icon and word in the status' colour; `children` follow the word (minutes, a place). */
export function StatusWord({ status, size = 14, children }: { status: Status; size?: number; children?: ReactNode }) {
  const { t } = useTranslation('kit');
  const Icon = statusIcons[status];
  return (
    <span className={styles.word} data-status={status}>
      <Icon size={size} aria-hidden="true" />
      <span>
        {t(`status.${status}`)}
        {children !== undefined && <> {children}</>}
      </span>
    </span>
  );
}
