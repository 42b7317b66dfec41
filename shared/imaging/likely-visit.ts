/**
 * The likely visit of a study that matched nothing or was held back: a score over the day's orders with the reasons, for a
 * person to decide. Nothing is linked by it.
 */
import { foldedWords } from '../kernel/fold.ts';
import { minutesBetween } from '../kernel/time.ts';
import type { ImagingOrder } from '../orders/schema.ts';
import { acceptableNames } from '../people/names.ts';
import type { Patient } from '../people/schema.ts';
import type { InstanceHeader } from './instance-header.ts';

export type LikelyReason =
  | 'accession'
  | 'number'
  | 'name'
  | 'name-part'
  | 'birth-date'
  | 'birth-year'
  | 'sex'
  | 'time'
  | 'modality'
  | 'device';

/** What speaks against it, said beside the reasons. */
export type UnlikelyReason = 'number' | 'name' | 'birth-date' | 'sex' | 'modality' | 'has-images';

export type ImagedIdentity = Pick<
  InstanceHeader,
  'accessionNumber' | 'patientId' | 'patientName' | 'patientBirthDate' | 'patientSex' | 'modality'
>;
export type LikelyCandidate = { order: ImagingOrder; patient: Patient; hasImages: boolean };
export type LikelyVisit = { orderId: string; score: number; reasons: LikelyReason[]; against: UnlikelyReason[] };

const weights: Record<LikelyReason, number> = {
  accession: 60,
  number: 50,
  name: 40,
  'name-part': 18,
  'birth-date': 25,
  'birth-year': 8,
  sex: 2,
  time: 8,
  modality: 6,
  device: 8,
};
const penalties: Record<UnlikelyReason, number> = {
  number: 20,
  name: 12,
  'birth-date': 15,
  sex: 10,
  modality: 6,
  'has-images': 8,
};
/** Below this only time and device fit: that is a guess, and none is offered. */
export const LIKELY_SCORE = 24;
const NEAR_MIN = 90;

/** The candidates that are likely, best first, at most `limit`. `deviceId`: the scanner that sent it, null when not known. */
export function likelyVisits(
  seen: { header: ImagedIdentity | null; firstImageAtUtc: string; deviceId: string | null },
  candidates: readonly LikelyCandidate[],
  limit = 3,
): LikelyVisit[] {
  return candidates
    .map((candidate) => weigh(seen, candidate))
    .filter((one) => one.score >= LIKELY_SCORE)
    .toSorted((a, b) => b.score - a.score || (a.orderId < b.orderId ? -1 : 1))
    .slice(0, limit);
}

function weigh(seen: Parameters<typeof likelyVisits>[0], { order, patient, hasImages }: LikelyCandidate): LikelyVisit {
  const reasons: LikelyReason[] = [];
  const against: UnlikelyReason[] = [];
  const { header } = seen;
  if (header) compareIdentity(header, order, patient, reasons, against);
  const apart = Math.max(
    minutesBetween(order.scheduledAtUtc, seen.firstImageAtUtc),
    minutesBetween(seen.firstImageAtUtc, order.scheduledAtUtc),
  );
  if (apart <= NEAR_MIN) reasons.push('time');
  if (seen.deviceId === order.deviceId) reasons.push('device');
  if (hasImages) against.push('has-images');
  const sum = (names: readonly string[], of: Record<string, number>): number =>
    names.reduce((total, name) => total + (of[name] ?? 0), 0);
  return { orderId: order.id, score: sum(reasons, weights) - sum(against, penalties), reasons, against };
}

function compareIdentity(
  header: ImagedIdentity,
  order: ImagingOrder,
  patient: Patient,
  reasons: LikelyReason[],
  against: UnlikelyReason[],
): void {
  const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toUpperCase();
  if (plain(header.accessionNumber) !== '' && plain(header.accessionNumber) === plain(order.accessionNumber))
    reasons.push('accession');
  if (plain(header.patientId) !== '')
    (plain(header.patientId) === plain(patient.recordNumber) ? reasons : against).push('number');
  const name = compareNames(header, order, patient);
  if (name === 'against') against.push('name');
  else if (name) reasons.push(name);
  compareBirth(header.patientBirthDate, patient.birthDate, reasons, against);
  const sex = plain(header.patientSex);
  if (sex !== '' && patient.sex !== 'U') (sex === patient.sex ? reasons : against).push('sex');
  if (header.modality !== '') (header.modality === order.modality ? reasons : against).push('modality');
}

/** All words alike in any order is a name; one word of three letters or more, or the beginning of one, is a part. */
function compareNames(
  header: ImagedIdentity,
  order: ImagingOrder,
  patient: Patient,
): 'name' | 'name-part' | 'against' | undefined {
  const { alphabetic, ideographic, phonetic } = header.patientName;
  const groups = [alphabetic, ideographic, phonetic].map(foldedWords).filter((words) => words.length > 0);
  if (groups.length === 0) return undefined;
  const sent = order.sentNames.flatMap((one) => one.name.split('='));
  const held = [...acceptableNames(patient), ...sent].map(foldedWords);
  const key = (words: readonly string[]): string => words.toSorted().join('');
  const keys = new Set(held.map(key));
  if (groups.some((words) => keys.has(key(words)))) return 'name';
  const words = new Set(held.flat());
  const isPart = groups.flat().some((word) => word.length > 2 && [...words].some((one) => one.startsWith(word)));
  return isPart ? 'name-part' : 'against';
}

/** The same date, or the part of it that is known; the same year where day and month are typed wrong or swapped. */
function compareBirth(seen: string, held: string | null, reasons: LikelyReason[], against: UnlikelyReason[]): void {
  const digits = seen.replaceAll(/\D/g, '');
  if (digits.length < 4 || !held) return;
  const known = held.replaceAll('-', '');
  if (digits.startsWith(known) || known.startsWith(digits))
    reasons.push(known.length === 8 && digits.length === 8 ? 'birth-date' : 'birth-year');
  else if (digits.slice(0, 4) === known.slice(0, 4)) reasons.push('birth-year');
  else against.push('birth-date');
}
