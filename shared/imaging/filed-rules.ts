/** What must hold of a study, its objects and what is measured on them, whatever command left them so (IMG-4, IMG-6, IMG-9). */
import type { Change } from '../kernel/command.ts';
import { changesOf, defineRule } from '../kernel/command.ts';
import type { Reader } from '../kernel/reader.ts';
import { patientScope } from '../kernel/scopes.ts';
import { violation } from '../kernel/violation.ts';
import type { Addendum, Report } from '../reports/schema.ts';
import type { Instance, Measurement, Study } from './schema.ts';

/** The studies that objects or measurements name, as the change leaves them, by id. */
async function studiesOf(reader: Reader, change: Change, ids: readonly string[]): Promise<Map<string, Study>> {
  const changed = new Map(changesOf<Study>(change, 'study').map(({ id, after }) => [id, after]));
  const found = await Promise.all(
    [...new Set(ids)].map(async (id) => changed.get(id) ?? (await reader.get<Study>('study', id))),
  );
  return new Map(found.flatMap((study) => (study ? [[study.id, study]] : [])));
}

/** IMG-4: an object is filed with the patient whom its study is linked to. */
export const filedRule = defineRule<unknown, Map<string, Study>>({
  gather: (reader, change) =>
    studiesOf(
      reader,
      change,
      changesOf<Instance>(change, 'instance').flatMap(({ after }) => after?.studyId ?? []),
    ),
  check: (change, studies) =>
    changesOf<Instance>(change, 'instance').flatMap(({ after }) => {
      const study = after?.patientId ? studies.get(after.studyId) : undefined;
      const isFiled = study?.state === 'linked' && study.patientId === after?.patientId;
      return !after?.patientId || isFiled ? [] : [violation('IMG-4', 'not-linked')];
    }),
});

/** The signed reports of a study that nothing was added to: of another patient they would say what is not so. */
async function uncorrected(reader: Reader, study: Study): Promise<Report[]> {
  const reports = await reader.find<Report>('report', 'byStudy', { prefix: `${study.id}/` });
  const bare: Report[] = [];
  for (const report of reports.filter((one) => one.status === 'final')) {
    const [addendum] = await reader.find<Addendum>('addendum', 'byReport', { prefix: `${report.id}/` }, { limit: 1 });
    if (!addendum) bare.push(report);
  }
  return bare;
}

/** IMG-9. Where the first patient's chart is not here, the server asks. */
export const reportedRule = defineRule<unknown, Report[]>({
  gather: async (reader, change) => {
    const reports: Report[] = [];
    for (const { before, after } of changesOf<Study>(change, 'study')) {
      if (!before?.patientId || before.patientId === after?.patientId) continue;
      const isHere = (await reader.holds(patientScope(before.patientId))) === 'held';
      if (isHere) reports.push(...(await uncorrected(reader, before)));
    }
    return reports;
  },
  check: (_change, reports) => (reports.length > 0 ? [violation('IMG-9', 'reported')] : []),
});

type Measured = { measurement: Measurement; study: Study | undefined; instance: Instance | undefined };

/** IMG-6: what is measured is an image of a study that is linked to the measurement's patient. */
export const measuredRule = defineRule<unknown, Measured[]>({
  gather: async (reader, change) => {
    const made = changesOf<Measurement>(change, 'measurement').flatMap(({ after }) => after ?? []);
    return Promise.all(
      made.map(async (measurement) => ({
        measurement,
        study: await reader.get<Study>('study', measurement.studyId),
        instance: await reader.get<Instance>('instance', measurement.instanceId),
      })),
    );
  },
  check: (_change, measured) =>
    measured
      .filter(({ measurement, study, instance }) => {
        const isLinked = study?.state === 'linked' && study.patientId === measurement.patientId;
        return !isLinked || instance?.studyId !== study.id;
      })
      .map(() => violation('IMG-6', 'not-this-study')),
});
