import { z } from 'zod';
import { idSchema } from '../kernel/id.ts';
import { defineKind } from '../kernel/kind.ts';
import { coreScope } from '../kernel/scopes.ts';
import { weeklyHoursSchema } from '../organizations/schema.ts';
import { partDeviceHours } from '../organizations/upgrades.ts';

/** Application Entity title: 1–16 printable ASCII characters without backslash (PS3.5 6.2 AE). */
export const aeTitleSchema = z
  .string()
  .regex(/^[\x21-\x5b\x5d-\x7e](?:[\x20-\x5b\x5d-\x7e]{0,14}[\x21-\x5b\x5d-\x7e])?$/);

/** A scanner. Calling AE titles that are no device's are refused by the DICOM door. */
export const deviceSchema = z.strictObject({
  id: idSchema,
  locationId: idSchema,
  name: z.string().min(1).max(64),
  aeTitle: aeTitleSchema,
  modality: z.string().regex(/^[A-Z]{2,4}$/),
  host: z.string().max(120),
  port: z.int().min(1).max(65_535),
  /** Specific Character Set (0008,0005) of worklist answers; ISO_IR 192 unless the scanner can't read it. */
  specificCharacterSet: z.enum([
    'ISO_IR 192',
    'ISO_IR 100',
    'ISO_IR 144',
    'ISO_IR 127',
    '\\ISO 2022 IR 87',
    '\\ISO 2022 IR 149',
  ]),
  hours: weeklyHoursSchema,
  active: z.boolean(),
});
export type Device = z.infer<typeof deviceSchema>;

export const deviceKind = defineKind<Device>({
  kind: 'device',
  schema: deviceSchema,
  collection: 'reference',
  merge: 'units',
  units: {
    name: ['name', 'locationId', 'active'],
    dicom: ['aeTitle', 'modality', 'host', 'port', 'specificCharacterSet'],
    hours: ['hours'],
  },
  phi: false,
  upgrades: [partDeviceHours],
  scopes: () => [coreScope],
  keys: { byLocation: (device) => [device.locationId], byAeTitle: (device) => [device.aeTitle] },
});
