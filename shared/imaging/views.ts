import { z } from 'zod';
import { idSchema } from '../kernel/id.ts';
import type { Holding, Reader } from '../kernel/reader.ts';
import { patientScope } from '../kernel/scopes.ts';
import { addMinutes } from '../kernel/time.ts';
import { defineView } from '../kernel/view.ts';
import type { ImagingOrder } from '../orders/schema.ts';
import { displayName } from '../people/names.ts';
import type { Patient } from '../people/schema.ts';
import type { Addendum, Report } from '../reports/schema.ts';
import type { User } from '../users/schema.ts';
import type { Instance, Measurement, Study } from './schema.ts';
import type { ShownSeries } from './series.ts';
import { seriesOf } from './series.ts';

const LIST_MINUTES = 30 * 24 * 60;
const MAX_ROWS = 500;
const MAX_PRIORS = 40;
/** Objects that a study shows at most; a longer one says so. */
const MAX_OBJECTS = 4000;

export type ReadingState = 'unread' | 'mine' | 'colleague' | 'final';
export type ReadingRow = {
  studyId: string;
  /** Null where the person's record is not on this station. */
  patient: { id: string; written: string; latin: string; recordNumber: string } | null;
  procedure: string;
  modality: string;
  accessionNumber: string;
  imageCount: number;
  state: ReadingState;
  /** Who holds the preliminary or signed the final report. */
  reportAuthor: string;
  urgent: boolean;
  /** The order's practitioner is who looks. */
  forMe: boolean;
  firstImageAtUtc: string;
  /** Whether the reports of this patient are all here: if not, "unread" may be wrong. */
  held: Holding;
};
export type ReadingList = {
  rows: ReadingRow[];
  counts: { 'to-read': number; mine: number; all: number };
  /** There were more studies in these 30 days than are shown. */
  cut: boolean;
};

async function reportState(
  reader: Reader,
  studyId: string,
  userId: string,
): Promise<{ state: ReadingState; report: Report | undefined }> {
  const reports = await reader.find<Report>('report', 'byStudy', { prefix: `${studyId}/` }, { reverse: true });
  const final = reports.find((one) => one.status === 'final');
  if (final) return { state: 'final', report: final };
  const own = reports.find((one) => one.authorId === userId);
  if (own) return { state: 'mine', report: own };
  return reports[0] ? { state: 'colleague', report: reports[0] } : { state: 'unread', report: undefined };
}

async function readingRow(reader: Reader, study: Study, userId: string): Promise<ReadingRow> {
  const patient = study.patientId ? await reader.get<Patient>('patient', study.patientId) : undefined;
  const order = study.orderId ? await reader.get<ImagingOrder>('imagingOrder', study.orderId) : undefined;
  const { state, report } = await reportState(reader, study.id, userId);
  const author = report ? await reader.get<User>('user', report.authorId) : undefined;
  return {
    studyId: study.id,
    patient: patient ? { id: patient.id, ...displayName(patient), recordNumber: patient.recordNumber } : null,
    procedure: order?.procedure ?? '',
    modality: order?.modality ?? '',
    accessionNumber: order?.accessionNumber ?? '',
    imageCount: await reader.count('instance', 'byStudy', { prefix: `${study.id}/` }),
    state,
    reportAuthor: author?.name ?? '',
    urgent: order?.urgent ?? false,
    forMe: order?.practitionerId === userId,
    firstImageAtUtc: study.firstImageAtUtc,
    held: study.patientId ? await reader.holds(patientScope(study.patientId)) : 'no',
  };
}

const wanted = {
  'to-read': (row: ReadingRow) => row.state !== 'final',
  mine: (row: ReadingRow) => row.state === 'mine' || (row.forMe && row.state !== 'final'),
  all: () => true,
} as const;

/** Urgent first among what is to be read, then the oldest; what is done stands below, newest first. */
function byNeed(a: ReadingRow, b: ReadingRow): number {
  const done = Number(a.state === 'final') - Number(b.state === 'final');
  if (done !== 0) return done;
  if (a.state === 'final') return b.firstImageAtUtc.localeCompare(a.firstImageAtUtc);
  return Number(b.urgent) - Number(a.urgent) || a.firstImageAtUtc.localeCompare(b.firstImageAtUtc);
}

export type StudyReport = { report: Report; addenda: Addendum[] };
export type Prior = {
  studyId: string;
  procedure: string;
  modality: string;
  firstImageAtUtc: string;
  imageCount: number;
};
export type StudyView = {
  /** Null for an id that this station does not know. */
  study: Study | null;
  patient: Patient | null;
  order: ImagingOrder | null;
  series: ShownSeries[];
  objectCount: number;
  cut: boolean;
  lastReceivedAtUtc: string | null;
  measurements: Measurement[];
  reports: StudyReport[];
  /** Names of who asked, measured and wrote, by user id. */
  names: Record<string, string>;
  priors: Prior[];
  /** Whether images, reports and priors of this patient are all here. */
  held: Holding;
};

const nothing: StudyView = {
  study: null,
  patient: null,
  order: null,
  series: [],
  objectCount: 0,
  cut: false,
  lastReceivedAtUtc: null,
  measurements: [],
  reports: [],
  names: {},
  priors: [],
  held: 'no',
};

async function namesOf(
  reader: Reader,
  userIds: readonly (string | null | undefined)[],
): Promise<Record<string, string>> {
  const names: Record<string, string> = {};
  for (const id of new Set(userIds)) {
    const user = id ? await reader.get<User>('user', id) : undefined;
    if (user) names[user.id] = user.name;
  }
  return names;
}

async function reportsOf(reader: Reader, studyId: string): Promise<StudyReport[]> {
  const reports = await reader.find<Report>('report', 'byStudy', { prefix: `${studyId}/` });
  return Promise.all(
    reports.map(async (report) => ({
      report,
      addenda: await reader.find<Addendum>('addendum', 'byReport', { prefix: `${report.id}/` }),
    })),
  );
}

async function priorsOf(reader: Reader, study: Study): Promise<Prior[]> {
  const studies = await reader.find<Study>(
    'study',
    'byPatient',
    { prefix: `${study.patientId ?? ''}/` },
    {
      reverse: true,
      limit: MAX_PRIORS,
    },
  );
  const others = studies.filter((one) => one.id !== study.id && one.state === 'linked');
  return Promise.all(
    others.map(async (one): Promise<Prior> => {
      const order = one.orderId ? await reader.get<ImagingOrder>('imagingOrder', one.orderId) : undefined;
      return {
        studyId: one.id,
        procedure: order?.procedure ?? '',
        modality: order?.modality ?? '',
        firstImageAtUtc: one.firstImageAtUtc,
        imageCount: await reader.count('instance', 'byStudy', { prefix: `${one.id}/` }),
      };
    }),
  );
}

/** The views of this area, by name (see `shared/kernel/view.ts`). */
export const imagingViews = {
  /** Studies of the last 30 days at this location that belong to somebody. */
  'imaging/reading-list': defineView({
    name: 'imaging/reading-list',
    params: z.strictObject({ filter: z.enum(['to-read', 'mine', 'all']) }),
    permission: 'imaging.view',
    kinds: ['study', 'instance', 'imagingOrder', 'report', 'patient'],
    read: async (reader, { filter }, context): Promise<ReadingList> => {
      const prefix = `${context.locationId}/`;
      const range = { from: `${prefix}${addMinutes(context.nowUtc, -LIST_MINUTES)}`, to: `${prefix}\uffff` };
      const studies = await reader.find<Study>('study', 'byFirstImage', range, { reverse: true, limit: MAX_ROWS + 1 });
      const linked = studies.slice(0, MAX_ROWS).filter((one) => one.state === 'linked');
      const rows: ReadingRow[] = [];
      for (const study of linked) rows.push(await readingRow(reader, study, context.userId));
      return {
        rows: rows.filter(wanted[filter]).toSorted(byNeed),
        counts: {
          'to-read': rows.filter(wanted['to-read']).length,
          mine: rows.filter(wanted.mine).length,
          all: rows.length,
        },
        cut: studies.length > MAX_ROWS,
      };
    },
  }),
  /** One study with all that its reader needs. `patientId`, where the caller knows it, journals the read and must fit. */
  'imaging/study': defineView({
    name: 'imaging/study',
    params: z.strictObject({ studyId: idSchema, patientId: idSchema.optional() }),
    permission: 'imaging.view',
    kinds: ['study', 'instance', 'imagingOrder', 'report', 'addendum', 'measurement', 'patient'],
    patientOf: ({ patientId }) => patientId ?? null,
    read: async (reader, { studyId, patientId }): Promise<StudyView> => {
      const study = await reader.get<Study>('study', studyId);
      if (!study || (patientId !== undefined && study.patientId !== patientId)) return nothing;
      const prefix = { prefix: `${study.id}/` };
      const objects = await reader.find<Instance>('instance', 'byStudy', prefix, { limit: MAX_OBJECTS + 1 });
      const order = study.orderId ? await reader.get<ImagingOrder>('imagingOrder', study.orderId) : undefined;
      const measurements = await reader.find<Measurement>('measurement', 'byStudy', prefix);
      const drawn = measurements.filter((one) => !one.removed);
      const patient = study.patientId ? await reader.get<Patient>('patient', study.patientId) : undefined;
      const reports = await reportsOf(reader, study.id);
      return {
        study,
        patient: patient ?? null,
        order: order ?? null,
        series: seriesOf(objects.slice(0, MAX_OBJECTS)),
        objectCount: objects.length,
        cut: objects.length > MAX_OBJECTS,
        lastReceivedAtUtc: objects.at(-1)?.receivedAtUtc ?? null,
        measurements: drawn,
        reports,
        names: await namesOf(reader, [
          order?.practitionerId,
          ...drawn.map((one) => one.authorId),
          ...reports.flatMap(({ report, addenda }) => [report, ...addenda].map((one) => one.authorId)),
        ]),
        priors: study.patientId ? await priorsOf(reader, study) : [],
        held: study.patientId ? await reader.holds(patientScope(study.patientId)) : 'no',
      };
    },
  }),
} as const;
