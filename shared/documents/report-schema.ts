import { z } from 'zod';
import { instantSchema } from '../kernel/time.ts';
import {
  documentHeadSchema,
  documentPatientSchema,
  longTextSchema,
  personNameSchema,
  shortTextSchema,
  siteSchema,
} from './parts.ts';

/** Text with measurements that were put in at the cursor; a line feed in `text` starts a paragraph. */
const segmentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: longTextSchema }),
  z.object({
    kind: z.literal('measurement'),
    value: shortTextSchema,
    series: z.int().nonnegative(),
    image: z.int().nonnegative(),
  }),
]);
const sectionSchema = z.array(segmentSchema).max(2000);
export type ReportSegment = z.infer<typeof segmentSchema>;

const signerSchema = z.object({ name: personNameSchema, credentials: z.string().max(200) });

/** What a printed imaging report holds. Images are the bytes of JPEG or PNG files. */
export const reportSchema = z.object({
  site: siteSchema,
  head: documentHeadSchema,
  patient: documentPatientSchema,
  study: z.object({
    modality: shortTextSchema,
    description: shortTextSchema,
    startedAtUtc: instantSchema,
    accessionNumber: z.string().max(16),
  }),
  referringPractitioner: personNameSchema.optional(),
  reportingPractitioner: signerSchema,
  sections: z.object({
    clinicalQuestion: sectionSchema,
    technique: sectionSchema,
    findings: sectionSchema,
    impression: sectionSchema,
  }),
  measurements: z
    .array(
      z.object({
        label: shortTextSchema,
        value: shortTextSchema,
        series: z.int().nonnegative(),
        image: z.int().nonnegative(),
      }),
    )
    .max(500),
  images: z.array(z.object({ bytes: z.instanceof(Uint8Array), caption: z.string().max(300) })).max(24),
  /** Absent while the report is preliminary. */
  finalizedAtUtc: instantSchema.optional(),
  addenda: z
    .array(z.object({ author: signerSchema, writtenAtUtc: instantSchema, text: longTextSchema.min(1) }))
    .max(100),
});
export type ReportData = z.infer<typeof reportSchema>;
