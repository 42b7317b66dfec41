/** The demo's word lists in `resources/demo`; the same relative path holds in the sources and in `dist/`. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { allergySchema } from '../../shared/people/schema.ts';

const words = z.array(z.string().min(1)).min(1);
const pairs = z.array(z.tuple([z.string(), z.string()])).min(1);
const triples = z.array(z.tuple([z.string(), z.string(), z.string()])).min(1);

const namesSchema = z.strictObject({
  indonesian: z.strictObject({
    family: words,
    male: words,
    female: words,
    maleMononyms: words,
    femaleMononyms: words,
  }),
  dutch: z.strictObject({ family: words, male: words, female: words }),
  vietnamese: z.strictObject({ family: words, male: words, female: words }),
  /** Written, Latin. */
  arabic: z.strictObject({ family: pairs, male: pairs, female: pairs }),
  /** Family names: a man's written and Latin, a woman's written and Latin. */
  cyrillic: z.strictObject({
    family: z.array(z.tuple([z.string(), z.string(), z.string(), z.string()])).min(1),
    male: pairs,
    female: pairs,
  }),
  /** Kanji, kana, Latin. */
  japanese: z.strictObject({ family: triples, male: triples, female: triples }),
  korean: z.strictObject({ family: pairs, male: pairs, female: pairs }),
});
export type NameTables = z.infer<typeof namesSchema>;

const catalogSchema = z.array(
  z.strictObject({
    code: z.string(),
    name: z.string(),
    durationMin: z.int(),
    bufferBeforeMin: z.int(),
    bufferAfterMin: z.int(),
    modality: z.enum(['US', 'CR', 'CT']).nullable(),
    priceMinor: z.int().nullable(),
    /** Whether the price contains 11 % PPN; medical services are exempt. */
    ppn: z.boolean(),
  }),
);
export type CatalogTable = z.infer<typeof catalogSchema>;

const texts = z.array(z.string()).min(1);
const reportTexts = z
  .array(z.strictObject({ technique: z.string(), findings: z.string(), impression: z.string() }))
  .min(1);
const clinicalSchema = z.strictObject({
  allergies: z.array(allergySchema.omit({ key: true })).min(1),
  alerts: words,
  tags: words,
  questions: z.strictObject({ US: words, CR: words, CT: words }),
  referring: texts,
  bookingNotes: texts,
  cancelReasons: words,
  notes: words,
  reports: z.strictObject({ US: reportTexts, CR: reportTexts, CT: reportTexts }),
});
export type ClinicalTables = z.infer<typeof clinicalSchema>;

const placesSchema = z.strictObject({
  indonesia: z.strictObject({ streets: words, cities: words }),
  netherlands: z.strictObject({ streets: words, cities: words }),
});
export type PlaceTables = z.infer<typeof placesSchema>;

export type DemoTables = {
  names: NameTables;
  catalog: CatalogTable;
  clinical: ClinicalTables;
  places: PlaceTables;
};

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../resources/demo/${name}.json`, import.meta.url), 'utf8'));

/** Reads all tables; throws where a file is missing or not in its form. */
export function readDemoTables(): DemoTables {
  return {
    names: namesSchema.parse(read('names')),
    catalog: catalogSchema.parse(read('catalog')),
    clinical: clinicalSchema.parse(read('clinical')),
    places: placesSchema.parse(read('places')),
  };
}
