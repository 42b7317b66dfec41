import type { Instance, Study } from '../../../shared/imaging/schema.ts';
import type { Reader } from '../../../shared/kernel/reader.ts';
import { addMinutes } from '../../../shared/kernel/time.ts';
import type { ImagingOrder } from '../../../shared/orders/schema.ts';
import { visitOfOrder } from '../../../shared/orders/visit-of-order.ts';
import type { Encounter } from '../../../shared/waiting-room/schema.ts';
import { currentStep } from '../../../shared/waiting-room/schema.ts';

/** Silence after the last image that lets a visit go on to review (design §4). */
export const SILENCE_MIN = 3;
export type Inferred = { encounterId: string; to: 'in_scan' | 'review'; atUtc: string };

/** The visits that images move now: WAIT-5, over the studies of the last day at this location. */
export async function inferStages(
  reader: Reader,
  locationId: string,
  nowUtc: string,
  isReceivedHere: (datasetSha256: string) => boolean,
): Promise<Inferred[]> {
  const range = {
    from: `${locationId}/${addMinutes(nowUtc, -24 * 60)}`,
    to: `${locationId}/${addMinutes(nowUtc, 60)}`,
  };
  const studies = await reader.find<Study>('study', 'byFirstImage', range);
  const result: Inferred[] = [];
  for (const study of studies) {
    const encounter = study.state === 'linked' ? await encounterOf(reader, study) : undefined;
    const one = encounter && (await inferOne(reader, study, encounter, nowUtc));
    if (one && (await receivedHere(reader, study.id, isReceivedHere))) result.push(one);
  }
  return result;
}

async function inferOne(
  reader: Reader,
  study: Study,
  encounter: Encounter,
  nowUtc: string,
): Promise<Inferred | undefined> {
  const now = currentStep(encounter);
  if (['arrived', 'waiting', 'in_room'].includes(now.stage)) {
    const newest = await newestImage(reader, study.id);
    // Images from before the present step say nothing: a person put the visit where it is since.
    const since = study.firstImageAtUtc > now.atUtc ? study.firstImageAtUtc : newest > now.atUtc ? newest : undefined;
    const unmoved = encounter.steps.every((step) => step.stage !== 'in_scan');
    if (!since && !(unmoved && newest !== '')) return undefined;
    return unmoved ? { encounterId: encounter.id, to: 'in_scan', atUtc: since ?? nowUtc } : undefined;
  }
  if (now.stage !== 'in_scan') return undefined;
  const newest = await newestImage(reader, study.id);
  const quietSince = newest > now.atUtc ? newest : now.atUtc;
  return newest !== '' && addMinutes(quietSince, SILENCE_MIN) <= nowUtc
    ? { encounterId: encounter.id, to: 'review', atUtc: nowUtc }
    : undefined;
}

/** Only the station that a scanner sent to says what its images mean: two that say it at once would say it twice. */
async function receivedHere(
  reader: Reader,
  studyId: string,
  isReceivedHere: (sha256: string) => boolean,
): Promise<boolean> {
  const [newest] = await reader.find<Instance>(
    'instance',
    'byStudy',
    { prefix: `${studyId}/` },
    { reverse: true, limit: 1 },
  );
  return newest !== undefined && isReceivedHere(newest.datasetSha256);
}

async function newestImage(reader: Reader, studyId: string): Promise<string> {
  const [newest] = await reader.find<Instance>(
    'instance',
    'byStudy',
    { prefix: `${studyId}/` },
    { reverse: true, limit: 1 },
  );
  return newest?.receivedAtUtc ?? '';
}

async function encounterOf(reader: Reader, study: Study): Promise<Encounter | undefined> {
  if (study.encounterId) return reader.get<Encounter>('encounter', study.encounterId);
  const order = study.orderId ? await reader.get<ImagingOrder>('imagingOrder', study.orderId) : undefined;
  return order && visitOfOrder(reader, order);
}
