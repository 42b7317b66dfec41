import type { Device } from '../devices/schema.ts';
import type { Reader } from '../kernel/reader.ts';
import { addMinutes } from '../kernel/time.ts';
import { exactly } from '../kernel/reader.ts';
import type { ImagingOrder } from '../orders/schema.ts';
import { displayName } from '../people/names.ts';
import type { Patient } from '../people/schema.ts';
import type { LikelyCandidate, LikelyVisit } from './likely-visit.ts';
import { likelyVisits } from './likely-visit.ts';
import type { InstanceHeader } from './instance-header.ts';
import type { Instance, Study } from './schema.ts';

/** A step that a study may be linked to, as a person tells it apart. */
export type StepChoice = {
  orderId: string;
  patientId: string;
  name: { written: string; latin: string };
  recordNumber: string;
  birthDate: string | null;
  sex: Patient['sex'];
  procedure: string;
  modality: string;
  accessionNumber: string;
  scheduledAtUtc: string;
};
export type ProposedStep = StepChoice & Pick<LikelyVisit, 'score' | 'reasons' | 'against'>;

/** What the images say of the patient; texts are empty where they say nothing, a birth date is `1989-06-04` where it is whole. */
export type SeenIdentity = {
  name: string;
  recordNumber: string;
  birthDate: string;
  sex: string;
  modality: string;
  accessionNumber: string;
  description: string;
};

export type UnfiledStudy = {
  /** Whole: `imaging/link-study` changes it. */
  study: Study;
  images: number;
  deviceName: string | null;
  callingAeTitle: string;
  seen: SeenIdentity | null;
  /** The step that a held study claims to be of. */
  heldFor: StepChoice | null;
  proposed: ProposedStep[];
};

const MAX_UNFILED = 60;
const AROUND_MIN = 24 * 60;

/** The strays and held studies of a location, newest first, each with the visits it likely belongs to. */
export async function unfiledStudies(reader: Reader, locationId: string): Promise<UnfiledStudy[]> {
  const range = { prefix: `${locationId}/` };
  const studies = await reader.find<Study>('study', 'waiting', range, { reverse: true, limit: MAX_UNFILED });
  const result: UnfiledStudy[] = [];
  for (const study of studies) result.push(await unfiled(reader, study));
  return result;
}

async function unfiled(reader: Reader, study: Study): Promise<UnfiledStudy> {
  const range = { prefix: `${study.id}/` };
  const instances = await reader.find<Instance>('instance', 'byStudy', range, { limit: 8 });
  const header = instances.find((one) => one.header !== null)?.header ?? null;
  const candidates = await candidatesOf(reader, study, header);
  const byId = new Map(candidates.map((one) => [one.order.id, one]));
  const seen = { header, firstImageAtUtc: study.firstImageAtUtc, deviceId: study.deviceId };
  const proposed = likelyVisits(seen, candidates).flatMap(({ orderId, ...why }) => {
    const candidate = byId.get(orderId);
    return candidate ? [{ ...stepChoice(candidate.order, candidate.patient), ...why }] : [];
  });
  const device = study.deviceId ? await reader.get<Device>('device', study.deviceId) : undefined;
  return {
    study,
    images: await reader.count('instance', 'byStudy', range),
    deviceName: device?.name ?? null,
    callingAeTitle: instances[0]?.callingAeTitle ?? '',
    seen: header && seenIdentity(header),
    heldFor: await heldFor(reader, study),
    proposed,
  };
}

async function heldFor(reader: Reader, study: Study): Promise<StepChoice | null> {
  if (study.state !== 'held' || !study.orderId) return null;
  const order = await reader.get<ImagingOrder>('imagingOrder', study.orderId);
  const patient = order && (await reader.get<Patient>('patient', order.patientId));
  return order && patient ? stepChoice(order, patient) : null;
}

/** The location's open and done steps a day around the first image, and whatever has the accession number. */
async function candidatesOf(reader: Reader, study: Study, header: InstanceHeader | null): Promise<LikelyCandidate[]> {
  const around = (minutes: number): string => `${study.locationId}/${addMinutes(study.firstImageAtUtc, minutes)}`;
  const near = await reader.find<ImagingOrder>('imagingOrder', 'byScheduled', {
    from: around(-AROUND_MIN),
    to: around(AROUND_MIN),
  });
  const accession = header?.accessionNumber.trim() ?? '';
  const numbered =
    accession === '' ? [] : await reader.find<ImagingOrder>('imagingOrder', 'byAccession', exactly(accession));
  const orders = new Map([...near, ...numbered].map((order) => [order.id, order]));
  const result: LikelyCandidate[] = [];
  for (const order of orders.values()) {
    if (order.status === 'cancelled') continue;
    const patient = await reader.get<Patient>('patient', order.patientId);
    const hasImages =
      (await reader.count('study', 'byOrder', exactly(order.id))) > (study.orderId === order.id ? 1 : 0);
    if (patient) result.push({ order, patient, hasImages });
  }
  return result;
}

export function stepChoice(order: ImagingOrder, patient: Patient): StepChoice {
  return {
    orderId: order.id,
    patientId: patient.id,
    name: displayName(patient),
    recordNumber: patient.recordNumber,
    birthDate: patient.birthDate,
    sex: patient.sex,
    procedure: order.procedure,
    modality: order.modality,
    accessionNumber: order.accessionNumber,
    scheduledAtUtc: order.scheduledAtUtc,
  };
}

/** What a header says of its patient, as it is shown: names with blanks for `^`, dates with hyphens. */
export function seenIdentity(header: InstanceHeader): SeenIdentity {
  const { alphabetic, ideographic, phonetic } = header.patientName;
  const name = [alphabetic, ideographic, phonetic]
    .filter((group) => group !== '')
    .map((group) => group.replaceAll('^', ' ').trim());
  return {
    name: name.join(' / '),
    recordNumber: header.patientId,
    birthDate: header.patientBirthDate.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'),
    sex: header.patientSex,
    modality: header.modality,
    accessionNumber: header.accessionNumber,
    description: header.studyDescription || header.seriesDescription,
  };
}
