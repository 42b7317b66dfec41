import type { ComponentType } from 'react';
import type { Permission, Role } from '../../shared/access/permissions.ts';

/** A screen's module: every `<name>-screen.tsx` exports its component as `Screen`. */
export type ScreenModule = { Screen: ComponentType };

/** Every screen is a chunk of its own, loaded when it is opened first. */
const modules = import.meta.glob<ScreenModule>('../*/*-screen.tsx');

type RouteSpec = {
  screen: string;
  permission: Permission;
  /** Names of what may stand behind the `?`; ids only, never a name or a number of a patient. */
  params: readonly string[];
  /** Keys that lead there, one after the other. */
  keys?: string;
  /** The reading station is dark whatever the person chose. */
  dark?: true;
  /** A patient is open here: tabs and banner stand above the screen. */
  patient?: true;
};

/** All pages. A new screen is one line here and one in `railOrder`, if the rail shows it. */
export const routes = {
  day: {
    screen: 'scheduling/schedule',
    permission: 'appointments.view',
    params: ['day', 'patientId', 'do'],
    keys: 'G D',
  },
  wait: {
    screen: 'waiting-room/waiting-room',
    permission: 'encounters.view',
    params: ['encounterId', 'patientId', 'do'],
    keys: 'G W',
  },
  patients: { screen: 'people/patients', permission: 'patients.view', params: ['do'], keys: 'G P' },
  patient: { screen: 'people/patient', permission: 'patients.view', params: ['patientId', 'item'], patient: true },
  visit: {
    screen: 'charting/visit',
    permission: 'charts.view',
    params: ['encounterId', 'patientId', 'part'],
    keys: 'G V',
    patient: true,
  },
  scan: { screen: 'orders/scan', permission: 'imaging.view', params: ['deviceId', 'stepId'], keys: 'G C' },
  read: {
    screen: 'reading/reading',
    permission: 'reports.write',
    params: ['studyId', 'patientId'],
    keys: 'G R',
    dark: true,
  },
  bill: {
    screen: 'billing/billing',
    permission: 'billing.view',
    params: ['encounterId', 'invoiceId', 'patientId'],
    keys: 'G B',
  },
  inbox: { screen: 'inbox/inbox', permission: 'inbox.view', params: ['itemId'], keys: 'G I' },
  wall: { screen: 'waiting-room/wall', permission: 'encounters.view', params: [] },
  sync: { screen: 'sync/sync', permission: 'sync.view', params: [], keys: 'G Y' },
  settings: { screen: 'settings/settings', permission: 'settings.view', params: ['part'], keys: 'G ,' },
} as const satisfies Record<string, RouteSpec>;

export type RouteName = keyof typeof routes;
export type RouteParams<N extends RouteName> = Partial<Record<(typeof routes)[N]['params'][number], string>>;
export type Route = { name: RouteName; params: Readonly<Record<string, string>> };

/** What the rail shows from top to bottom; a person's own first screen comes before the rest. */
export const railOrder = [
  'visit',
  'day',
  'wait',
  'patients',
  'scan',
  'read',
  'bill',
  'inbox',
] as const satisfies readonly RouteName[];
export type RailItem = (typeof railOrder)[number];

const railOf: Record<Role, readonly RailItem[]> = {
  receptionist: ['day', 'wait', 'patients', 'bill', 'inbox'],
  technician: ['scan', 'day', 'wait', 'patients', 'inbox'],
  doctor: ['read', 'day', 'wait', 'patients', 'inbox'],
  cashier: ['bill', 'day', 'wait', 'patients', 'inbox'],
  manager: ['day', 'wait', 'patients', 'scan', 'bill', 'inbox'],
};

/** The rail of a person: what their roles use and they may see, the first role's home first, the inbox last. */
export function railFor(roles: readonly Role[], permissions: readonly Permission[]): RailItem[] {
  const home = railOf[roles[0] ?? 'receptionist'][0];
  const used = new Set(roles.flatMap((role) => railOf[role]));
  const rest = railOrder.filter((item) => used.has(item) && item !== home);
  const all = home === undefined ? rest : [home, ...rest];
  return all.filter((item) => permissions.includes(routes[item].permission));
}

/** The keys that lead to a page. */
export function keysOf(name: RouteName): string | undefined {
  const spec: RouteSpec = routes[name];
  return spec.keys;
}

/** Loads a screen's module; undefined where this build has none of that name. */
export function loaderOf(name: RouteName): (() => Promise<ScreenModule>) | undefined {
  const { screen } = routes[name];
  return modules[`../${screen}-screen.tsx`];
}

/** Reads `#/day?day=2026-11-21`; parameters that the route does not name are dropped. Undefined for no page of ours. */
export function parseHash(hash: string): Route | undefined {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  if (!Object.hasOwn(routes, path)) return undefined;
  const name = path as RouteName;
  const known: readonly string[] = routes[name].params;
  const given = [...new URLSearchParams(query)].filter(([key]) => known.includes(key));
  return { name, params: Object.fromEntries(given) };
}

/** The hash of a page; parameters that are undefined are left out. */
export function hashOf(name: RouteName, params: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(params).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const query = new URLSearchParams(given).toString();
  return query === '' ? `#/${name}` : `#/${name}?${query}`;
}
