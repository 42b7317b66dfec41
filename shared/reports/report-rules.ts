/** What must hold of a report, whatever command left it so (REP-2, REP-4, REP-7); REP-1 and REP-3 are its kind's own. */
import { changesOf, defineRule } from '../kernel/command.ts';
import type { Reader } from '../kernel/reader.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import type { Instance, Measurement, Study } from '../imaging/schema.ts';
import type { Addendum, Report } from './schema.ts';

type Written = { report: Report; study: Study | undefined; measurements: Measurement[]; instances: Instance[] };

async function getAll<T extends Measurement | Instance>(reader: Reader, kind: string, ids: string[]): Promise<T[]> {
  const found = await Promise.all(ids.map(async (id) => reader.get<T>(kind, id)));
  return found.filter((one) => one !== undefined);
}

async function gatherReport(reader: Reader, report: Report): Promise<Written> {
  const measurementIds = report.measurements.map((one) => one.measurementId);
  return {
    report,
    study: await reader.get<Study>('study', report.studyId),
    measurements: await getAll<Measurement>(reader, 'measurement', measurementIds),
    instances: await getAll<Instance>(reader, 'instance', report.keyInstanceIds),
  };
}

/** REP-2: of a study that is linked to its patient; REP-4: signed, it says something. */
function checkReport({ report, study }: Written): Violation[] {
  const found: Violation[] = [];
  if (study?.state !== 'linked' || study.patientId !== report.patientId)
    found.push(violation('REP-2', 'study-not-linked'));
  if (report.status === 'final' && !report.findings.trim() && !report.impression.trim())
    found.push(violation('REP-4', 'nothing-said', { field: 'impression' }));
  return found;
}

/** REP-7. A measurement that is not here any more stands as it was copied: what a doctor wrote is saved. */
function checkQuotes({ report, measurements, instances }: Written): Violation[] {
  const isOthers = [...measurements, ...instances].some((one) => one.patientId !== report.patientId);
  const isChanged = report.measurements.some((quoted) => {
    const measured = measurements.find((one) => one.id === quoted.measurementId);
    return measured && (measured.lengthTenthsMm !== quoted.lengthTenthsMm || measured.lengthPx !== quoted.lengthPx);
  });
  return isOthers || isChanged ? [violation('REP-7', 'misquoted')] : [];
}

export const reportRule = defineRule<unknown, Written[]>({
  gather: (reader, change) =>
    Promise.all(
      changesOf<Report>(change, 'report').flatMap(({ after }) => (after ? [gatherReport(reader, after)] : [])),
    ),
  check: (_change, reports) => reports.flatMap((one) => [...checkReport(one), ...checkQuotes(one)]),
});

type Added = { addendum: Addendum; report: Report | undefined };

/** REP-1: only a signed report is corrected beside it. */
export const addendumRule = defineRule<unknown, Added[]>({
  gather: (reader, change) =>
    Promise.all(
      changesOf<Addendum>(change, 'addendum').flatMap(({ after }) =>
        after
          ? [
              Promise.resolve(reader.get<Report>('report', after.reportId)).then((report) => ({
                addendum: after,
                report,
              })),
            ]
          : [],
      ),
    ),
  check: (_change, added) =>
    added
      .filter(({ report, addendum }) => report?.status !== 'final' || report.patientId !== addendum.patientId)
      .map(() => violation('REP-1', 'not-finalized')),
});
