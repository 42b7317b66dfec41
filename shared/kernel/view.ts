/**
 * What a screen may see. A view is a named, live question with its permission; it reads through the same `Reader` on a
 * workstation as anywhere else, and is asked again when a document of one of its kinds has changed.
 */
import type { z } from 'zod';
import type { Permission } from '../access/permissions.ts';
import type { Reader } from './reader.ts';

export type PatientHit = { patientId: string; why: 'name' | 'phone' | 'birthDate' | 'number'; matched: string[] };

export type ViewContext = {
  nowUtc: string;
  userId: string;
  permissions: ReadonlySet<Permission>;
  /** The location that the person works at now. */
  locationId: string;
  stationId: string;
  searchPatients: (text: string, limit: number) => PatientHit[];
};

export type ViewSpec<P = unknown, V = unknown> = {
  name: string;
  params: z.ZodType<P>;
  permission: Permission;
  /** Kinds whose changes make the view stale. */
  kinds: readonly string[];
  /** Whose data it shows, for the journal of reads; null for lists. */
  patientOf?: (params: P) => string | null;
  read: (reader: Reader, params: P, context: ViewContext) => Promise<V>;
};

/** A view with its types, which `shared/views.ts` collects for screens. */
export function defineView<P, V>(spec: ViewSpec<P, V>): ViewSpec<P, V> {
  return spec;
}
