import { z } from 'zod';
import { instantSchema, zoneSchema } from '../kernel/time.ts';

const lineSchema = z.string().trim().min(1).max(500);
const localeSchema = z.string().refine((locale) => {
  try {
    return Intl.getCanonicalLocales(locale).length === 1;
  } catch {
    return false;
  }
}, 'no BCP 47 locale');

/** Whose paper this is. `locale` writes money, `timeZone` (IANA) tells times. */
export const siteSchema = z.object({
  organizationName: lineSchema,
  locationName: lineSchema,
  addressLines: z.array(lineSchema).max(4),
  phone: z.string().max(50),
  taxNumber: z.string().max(50).optional(),
  logo: z.instanceof(Uint8Array).optional(),
  locale: localeSchema,
  timeZone: zoneSchema,
});
export type Site = z.infer<typeof siteSchema>;

/** `2026`, `2026-11` or `2026-11-21`: a birth date may be partial. */
const partialDaySchema = z.string().regex(/^\d{4}(-\d{2}){0,2}$/);
export const documentPatientSchema = z.object({
  /** The official name as written, in its own script. */
  officialName: lineSchema,
  /** The same in Latin letters, where the official name is not. */
  latinName: lineSchema.optional(),
  sex: z.enum(['male', 'female', 'other', 'unknown']),
  birthDate: partialDaySchema.optional(),
  recordNumber: z.string().min(1).max(64),
});
export type DocumentPatient = z.infer<typeof documentPatientSchema>;

/** The number (from the station's own series), the state, and the moment the document was made. */
export const documentHeadSchema = z.object({
  number: z.string().min(1).max(32),
  status: z.enum(['preliminary', 'final', 'amended', 'voided']),
  createdAtUtc: instantSchema,
});
export type DocumentHead = z.infer<typeof documentHeadSchema>;

export const personNameSchema = lineSchema;
export const shortTextSchema = lineSchema;
export const longTextSchema = z.string().max(50_000);
