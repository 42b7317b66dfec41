import { labelsFor } from '../../../shared/documents/labels/labels.ts';
import type { ReportData, ReportSegment } from '../../../shared/documents/report-schema.ts';
import type { Instance, Measurement, Study } from '../../../shared/imaging/schema.ts';
import type { Reader } from '../../../shared/kernel/reader.ts';
import type { ImagingOrder } from '../../../shared/orders/schema.ts';
import type { Patient } from '../../../shared/people/schema.ts';
import type { Addendum, Report } from '../../../shared/reports/schema.ts';
import type { Appointment } from '../../../shared/scheduling/schema.ts';
import type { Paper, PaperContext } from './paper.ts';
import { documentPatient, signerOf, siteOf } from './site-data.ts';

/**
 * A report as paper. A final one is filed; with an addendum it is made again as amended, and filed beside the first. A
 * preliminary one says so and is not filed. Pictures are those that the doctor saw when they marked them: nothing is decoded here.
 */
export async function reportPaper(reportId: string, context: PaperContext): Promise<Paper | undefined> {
  const { reader, nowUtc } = context;
  const report = await reader.get<Report>('report', reportId);
  const study = report && (await reader.get<Study>('study', report.studyId));
  const patient = report && (await reader.get<Patient>('patient', report.patientId));
  const site = study && (await siteOf(reader, study.locationId));
  if (!report || !study || !patient || !site) return undefined;
  const order = report.orderId ? await reader.get<ImagingOrder>('imagingOrder', report.orderId) : undefined;
  const addenda = await reader.find<Addendum>('addendum', 'byReport', { prefix: `${report.id}/` });
  const lastChangeUtc = addenda.at(-1)?.atUtc ?? report.finalizedAtUtc;
  const final = report.status === 'final' && report.finalizedAtUtc !== null;
  const referring = await referringOf(reader, order);
  const pictures = await picturesOf(report, context);
  const data: ReportData = {
    site,
    head: {
      number: report.documentNumber ?? order?.accessionNumber ?? '–',
      status: final ? (addenda.length > 0 ? 'amended' : 'final') : 'preliminary',
      createdAtUtc: final && lastChangeUtc ? lastChangeUtc : nowUtc,
    },
    patient: documentPatient(patient),
    study: await studyOf(reader, study, order),
    ...(referring !== '' && { referringPractitioner: referring }),
    reportingPractitioner: await signerOf(reader, report.authorId),
    sections: {
      clinicalQuestion: text(order?.question ?? ''),
      technique: text(report.technique),
      findings: text(report.findings),
      impression: text(report.impression),
    },
    measurements: await measurementsOf(reader, report),
    images: pictures.filter((one) => one !== undefined),
    ...(final && report.finalizedAtUtc && { finalizedAtUtc: report.finalizedAtUtc }),
    addenda: [],
  };
  for (const one of addenda)
    data.addenda.push({ author: await signerOf(reader, one.authorId), writtenAtUtc: one.atUtc, text: one.text });
  const filed = { template: 'report' as const, patientId: patient.id, ofKind: 'report', ofId: report.id };
  return {
    data,
    lacksFiles: pictures.includes(undefined),
    filed: final && lastChangeUtc ? { ...filed, currentSinceUtc: lastChangeUtc } : null,
  };
}

const text = (words: string): ReportSegment[] => (words.trim() === '' ? [] : [{ kind: 'text', text: words }]);

async function referringOf(reader: Reader, order: ImagingOrder | undefined): Promise<string> {
  if (!order?.appointmentId) return '';
  const appointment = await reader.get<Appointment>('appointment', order.appointmentId);
  return appointment?.referringPhysician.trim() ?? '';
}

async function studyOf(reader: Reader, study: Study, order: ImagingOrder | undefined): Promise<ReportData['study']> {
  const instances = await reader.find<Instance>('instance', 'byStudy', { prefix: `${study.id}/` }, { limit: 4 });
  const header = instances.find((one) => one.header !== null)?.header;
  return {
    modality: header?.modality || order?.modality || '–',
    description: (order?.procedure || header?.studyDescription || '–').slice(0, 500),
    startedAtUtc: study.firstImageAtUtc,
    accessionNumber: order?.accessionNumber ?? header?.accessionNumber.slice(0, 16) ?? '',
  };
}

type Picture = ReportData['images'][number];

/** In the order of their marking; undefined for one whose file is not here. */
async function picturesOf(report: Report, context: PaperContext): Promise<Array<Picture | undefined>> {
  const labels = labelsFor(context.language);
  const pictures: Array<Picture | undefined> = [];
  for (const { instanceId, frame, sha256 } of report.keyPictures ?? []) {
    const bytes = await context.fileOf(sha256);
    const header = (await context.reader.get<Instance>('instance', instanceId))?.header;
    const caption = [
      `${labels.series} ${header?.seriesNumber ?? '–'}`,
      `${labels.image} ${header?.instanceNumber ?? '–'}${(header?.numberOfFrames ?? 1) > 1 ? `:${frame}` : ''}`,
    ].join(', ');
    pictures.push(bytes && { bytes: new Uint8Array(bytes), caption });
  }
  return pictures;
}

async function measurementsOf(reader: Reader, report: Report): Promise<ReportData['measurements']> {
  const rows: ReportData['measurements'] = [];
  for (const quoted of report.measurements) {
    const measurement = await reader.get<Measurement>('measurement', quoted.measurementId);
    const instance = measurement && (await reader.get<Instance>('instance', measurement.instanceId));
    rows.push({
      label: quoted.label.trim() || '–',
      value:
        quoted.lengthTenthsMm === null
          ? `${quoted.lengthPx.toFixed(1)} px`
          : `${(quoted.lengthTenthsMm / 10).toFixed(1)} mm`,
      series: Math.max(0, instance?.header?.seriesNumber ?? 0),
      image: Math.max(0, instance?.header?.instanceNumber ?? 0),
    });
  }
  return rows;
}
