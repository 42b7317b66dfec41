import { invoiceSchema, receiptSchema } from './bill-schema.ts';
import { dayCloseDocument, dayCloseSchema } from './day-close.ts';
import { dayListDocument, dayListSchema } from './day-list.ts';
import { downtimePackDocument, downtimePackSchema } from './downtime-pack.ts';
import { invoiceDocument } from './invoice.ts';
import { type DocumentLanguage, type Labels, labelsFor } from './labels/labels.ts';
import type { DocumentDefinition } from './layout/definition.ts';
import { receiptDocument } from './receipt.ts';
import { reportDocument } from './report.ts';
import { reportSchema } from './report-schema.ts';

export const DOCUMENT_KINDS = ['report', 'invoice', 'receipt', 'dayClose', 'dayList', 'downtimePack'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** What a renderer needs beside the definition; the title names the paper, never the patient. */
export type BuiltDocument = { definition: DocumentDefinition; title: string; createdAtUtc: string };
export type BuildResult =
  | { ok: true; document: BuiltDocument }
  /** Paths into the data, with why; never a value from it. */
  | { ok: false; code: 'bad_input'; problems: { at: string; why: string }[] };

type Build = (data: unknown, language: DocumentLanguage) => BuildResult;
type Schema<T> = {
  safeParse(data: unknown):
    | { success: true; data: T }
    | {
        success: false;
        error: { issues: readonly { path: readonly PropertyKey[]; code?: string; message: string }[] };
      };
};
type Base = { head: { number: string; createdAtUtc: string } };

function template<T extends Base>(
  schema: Schema<T>,
  build: (data: T, labels: Labels) => DocumentDefinition,
  labelsOf: (data: T, language: DocumentLanguage) => Labels = (_, language) => labelsFor(language),
): Build {
  return (input, language) => {
    const parsed = schema.safeParse(input);
    if (!parsed.success) {
      const problems = parsed.error.issues.map(({ path, code, message }) => ({
        at: path.map(String).join('.'),
        why: code === 'custom' ? message : (code ?? 'invalid'),
      }));
      return { ok: false, code: 'bad_input', problems };
    }
    const { data } = parsed;
    const definition = build(data, labelsOf(data, language));
    return { ok: true, document: { definition, title: data.head.number, createdAtUtc: data.head.createdAtUtc } };
  };
}

const TEMPLATES: Record<DocumentKind, Build> = {
  report: template(reportSchema, reportDocument),
  invoice: template(invoiceSchema, invoiceDocument, (data, language) => labelsFor(language, data.patientLanguage)),
  receipt: template(receiptSchema, receiptDocument, (data, language) => labelsFor(language, data.patientLanguage)),
  dayClose: template(dayCloseSchema, dayCloseDocument),
  dayList: template(dayListSchema, dayListDocument),
  downtimePack: template(downtimePackSchema, downtimePackDocument),
};

/** Checks the data of a document of this kind and builds its definition in the clinic's language. Pure. */
export function buildDocument(kind: DocumentKind, data: unknown, language: DocumentLanguage): BuildResult {
  return TEMPLATES[kind](data, language);
}
