import {
  CalendarPlus,
  ChevronRight,
  DoorOpen,
  Lock,
  type LucideIcon,
  Moon,
  NotebookPen,
  Sun,
  UserPlus,
} from 'lucide-react';
import type { Permission } from '../../../shared/access/permissions.ts';
import { setLayout } from '../layout-store.ts';
import { go } from '../router.ts';
import { type RouteName, routes } from '../routes.ts';

type ForPatient = (patientId: string) => void;

/** What can be done with a person that the palette found; a line each. The page that opens reads `do`. */
export const patientActions: readonly {
  key: 'bookFor' | 'arrive' | 'openVisit';
  icon: LucideIcon;
  keyCap?: string;
  permission: Permission;
  run: ForPatient;
}[] = [
  {
    key: 'bookFor',
    icon: CalendarPlus,
    permission: 'appointments.book',
    run: (patientId) => go('day', { patientId, do: 'book' }),
  },
  {
    key: 'arrive',
    icon: DoorOpen,
    permission: 'encounters.move',
    run: (patientId) => go('wait', { patientId, do: 'arrive' }),
  },
  { key: 'openVisit', icon: NotebookPen, permission: 'charts.view', run: (patientId) => go('visit', { patientId }) },
];

/** What can be done without a person. */
export const generalActions: readonly {
  key: 'newPatient' | 'lock' | 'light' | 'dark';
  icon: LucideIcon;
  keyCap?: string;
  permission: Permission | null;
}[] = [
  { key: 'newPatient', icon: UserPlus, permission: 'patients.register', keyCap: 'Ctrl+Enter' },
  { key: 'lock', icon: Lock, keyCap: 'Ctrl+L', permission: null },
  { key: 'light', icon: Sun, permission: null },
  { key: 'dark', icon: Moon, permission: null },
];

export const setTheme = (theme: 'light' | 'dark'): void => setLayout('theme', theme);

/** Pages that the palette leads to; those of one patient are reached through the patient. */
export const pages = (Object.keys(routes) as RouteName[]).filter(
  (name) => !('patient' in routes[name]) && name !== 'wall',
);
export const pageIcon = ChevronRight;
