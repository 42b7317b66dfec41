import { z } from 'zod';
import { idSchema } from '../../../shared/kernel/id.ts';
import type { Meta } from '../../cabinet/own-tables.ts';

/** Who this workstation is, from its enrolment on. The secret lies in the encrypted store and nowhere else. */
const identitySchema = z.strictObject({
  stationId: idSchema,
  stationCode: z.string(),
  stationName: z.string(),
  profile: z.string(),
  secret: z.string(),
  organizationId: idSchema,
  locationId: idSchema,
  serverUrl: z.string(),
});
export type StationIdentity = z.infer<typeof identitySchema>;

export function readIdentity(meta: Meta): StationIdentity | undefined {
  const text = meta.get('station');
  return text === undefined ? undefined : identitySchema.parse(JSON.parse(text));
}

export function writeIdentity(meta: Meta, identity: StationIdentity): void {
  meta.set('station', JSON.stringify(identity));
}
