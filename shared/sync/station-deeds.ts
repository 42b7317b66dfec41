/** What managers ask the server about stations (`/v1/stations`), and what it answers. */
import { z } from 'zod';
import { idSchema } from '../kernel/id.ts';
import { instantSchema } from '../kernel/time.ts';
import { stationSchema } from '../stations/schema.ts';

/** The part of a sign-in's answer that a station uses for one deed. */
export const managerTokensSchema = z.object({ accessToken: z.string(), refreshToken: z.string() });

export const newCodeRequestSchema = z.strictObject({ locationId: idSchema });
export const newCodeAnswerSchema = z.strictObject({
  /** Shown once: the server keeps its hash alone. */
  code: z.string(),
  locationId: idSchema,
  expiresAtUtc: instantSchema,
});

export const revokeRequestSchema = z.strictObject({ reason: z.string().max(2000) });
export const revokeAnswerSchema = stationSchema;

/** When each station of the organization was last heard of; what a station may ask (`GET /sync/v1/contacts`). */
export const contactsAnswerSchema = z.strictObject({ contacts: z.record(idSchema, instantSchema) });
