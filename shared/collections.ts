/**
 * The registry of everything that is stored: each kind, its collection, how it travels, who may see it, how it merges. A
 * workstation opens one RxDB collection per group, never more than 8 (RxDB's free edition allows 13 in a process).
 */
import { appointmentKind } from './scheduling/schema.ts';
import { invoiceBalanceKind } from './billing/balance-schema.ts';
import { drawerKind } from './billing/drawer-schema.ts';
import { dayCloseKind, invoiceKind, paymentKind } from './billing/schema.ts';
import { noteKind, prescriptionKind, vitalsKind } from './charting/schema.ts';
import { serviceKind } from './catalog/schema.ts';
import { deviceKind } from './devices/schema.ts';
import { documentKind } from './documents/schema.ts';
import { instanceKind, measurementKind, studyKind } from './imaging/schema.ts';
import { conflictKind, refusalKind, taskKind } from './inbox/schema.ts';
import type { CollectionName, KindSpec } from './kernel/kind.ts';
import { imagingOrderKind } from './orders/schema.ts';
import { locationKind, organizationKind, roomKind } from './organizations/schema.ts';
import { patientKind } from './people/schema.ts';
import { addendumKind, reportKind } from './reports/schema.ts';
import { stationKind } from './stations/schema.ts';
import { userKind } from './users/schema.ts';
import { encounterKind } from './waiting-room/schema.ts';

const all: readonly KindSpec[] = [
  organizationKind,
  locationKind,
  roomKind,
  userKind,
  stationKind,
  deviceKind,
  serviceKind,
  patientKind,
  appointmentKind,
  encounterKind,
  imagingOrderKind,
  invoiceKind,
  paymentKind,
  dayCloseKind,
  invoiceBalanceKind,
  drawerKind,
  noteKind,
  vitalsKind,
  prescriptionKind,
  reportKind,
  addendumKind,
  measurementKind,
  documentKind,
  studyKind,
  instanceKind,
  conflictKind,
  refusalKind,
  taskKind,
];

export const kinds: Readonly<Record<string, KindSpec>> = Object.fromEntries(all.map((kind) => [kind.kind, kind]));

export const collectionNames: readonly CollectionName[] = [...new Set(all.map((kind) => kind.collection))];
