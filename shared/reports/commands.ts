import { z } from 'zod';
import { defineCommand } from '../kernel/command.ts';
import { idSchema } from '../kernel/id.ts';
import type { Reader } from '../kernel/reader.ts';
import type { Result } from '../kernel/result.ts';
import { fail, ok } from '../kernel/result.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import type { Study } from '../imaging/schema.ts';
import type { ImagingOrder } from '../orders/schema.ts';
import { addendumRule, reportRule } from './report-rules.ts';
import type { Addendum, Report } from './schema.ts';
import { addendumSchema, reportSchema } from './schema.ts';

const text = reportSchema.pick({
  technique: true,
  findings: true,
  impression: true,
  measurements: true,
  keyInstanceIds: true,
  keyPictures: true,
});
/** `reportId` is null for a new report; its id is then made here. */
const saveInput = z.strictObject({ reportId: idSchema.nullable(), studyId: idSchema, text });
type Save = z.infer<typeof saveInput>;
type Facts = { report: Report | undefined; study: Study | undefined; order: ImagingOrder | undefined };

async function gather(reader: Reader, input: { reportId: string | null; studyId: string }): Promise<Facts> {
  const study = await reader.get<Study>('study', input.studyId);
  return {
    study,
    report: input.reportId ? await reader.get<Report>('report', input.reportId) : undefined,
    order: study?.orderId ? await reader.get<ImagingOrder>('imagingOrder', study.orderId) : undefined,
  };
}

/** The report with the text given, new or the author's own. */
function written(
  input: Save,
  facts: Facts,
  author: { id: string },
  nowUtc: string,
  newId: () => string,
): Result<Report, Violation[]> {
  const { study, report } = facts;
  if (!study?.patientId) return fail([violation('REP-2', 'study-not-linked')]);
  if (input.reportId && !report) return fail([violation('REP-2', 'no-report')]);
  const base: Report = report ?? {
    id: newId(),
    patientId: study.patientId,
    studyId: study.id,
    orderId: study.orderId,
    encounterId: study.encounterId,
    authorId: author.id,
    status: 'preliminary',
    ...input.text,
    savedAtUtc: nowUtc,
    finalizedAtUtc: null,
    documentNumber: null,
  };
  return ok({ ...base, ...input.text, savedAtUtc: nowUtc });
}

/** Saves a report where colleagues see it, marked preliminary. */
export const savePreliminary = defineCommand<Save, Facts>({
  name: 'reports/save-preliminary',
  input: saveInput,
  permission: 'reports.write',
  nature: 'record',
  writes: { report: 'all' },
  undo: 'patches',
  gather,
  decide: (input, facts, context) => {
    const report = written(input, facts, context.author, context.nowUtc, context.newId);
    return report.ok ? ok([{ kind: 'report', id: report.value.id, next: report.value }]) : report;
  },
  rules: [reportRule],
});

/** Signs the report: from here on it never changes (REP-1), and the order leaves the worklist. */
export const finalize = defineCommand<Save, Facts>({
  name: 'reports/finalize',
  needsProof: 'always',
  input: saveInput,
  permission: 'reports.write',
  nature: 'record',
  writes: { report: 'all', imagingOrder: ['status'] },
  undo: { none: 'a finalized report is corrected by an addendum' },
  gather,
  decide: (input, facts, context) => {
    const report = written(input, facts, context.author, context.nowUtc, context.newId);
    if (!report.ok) return report;
    const next: Report = {
      ...report.value,
      status: 'final',
      finalizedAtUtc: context.nowUtc,
      documentNumber: context.nextNumber('document'),
    };
    const drafts = [{ kind: 'report', id: next.id, next }];
    const { order } = facts;
    if (order?.status !== 'scheduled') return ok(drafts);
    return ok([
      ...drafts,
      { kind: 'imagingOrder', id: order.id, next: { ...order, status: 'completed' }, basis: 'desk' as const },
    ]);
  },
  rules: [reportRule],
});

const addendumInput = z.strictObject({ reportId: idSchema, text: addendumSchema.shape.text });

/** A correction of a finalized report, beside it (REP-1). */
export const addAddendum = defineCommand<z.infer<typeof addendumInput>, { report: Report | undefined }>({
  name: 'reports/add-addendum',
  input: addendumInput,
  permission: 'reports.write',
  nature: 'record',
  writes: { addendum: 'all' },
  undo: { none: 'an addendum stands; another corrects it' },
  gather: async (reader, input) => ({ report: await reader.get<Report>('report', input.reportId) }),
  decide: (input, { report }, context) => {
    if (!report) return fail([violation('REP-1', 'no-report')]);
    const next: Addendum = {
      id: context.newId(),
      reportId: report.id,
      patientId: report.patientId,
      authorId: context.author.id,
      atUtc: context.nowUtc,
      text: input.text,
    };
    return ok([{ kind: 'addendum', id: next.id, next }]);
  },
  rules: [addendumRule],
});
