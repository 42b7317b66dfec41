/** Which order a received study belongs to, and whether it may be filed there (README.md, IMG-2 … 4). */
import type { ImagingOrder } from '../orders/schema.ts';
import { acceptableNames } from '../people/names.ts';
import type { Patient } from '../people/schema.ts';
import type { Encounter } from '../waiting-room/schema.ts';
import { identityDifferences } from './identity.ts';
import type { InstanceHeader } from './instance-header.ts';
import type { Study } from './schema.ts';

export type MatchFacts = {
  order: ImagingOrder | undefined;
  patient: Patient | undefined;
  encounter: Encounter | undefined;
};

export type Match = Pick<Study, 'state' | 'orderId' | 'patientId' | 'encounterId' | 'differs' | 'marks'>;

const stray: Match = { state: 'stray', orderId: null, patientId: null, encounterId: null, differs: [], marks: [] };

/** A study that matches nothing is a stray; one whose identity differs is held; else it is linked, with what is only marked. */
export function matchStudy(header: InstanceHeader | null, facts: MatchFacts): Match {
  const { order, patient, encounter } = facts;
  if (!header || !order || !patient) return stray;
  const differs = identityAgainst(header, facts);
  if (differs.length > 0)
    return {
      state: 'held',
      orderId: order.id,
      patientId: null,
      encounterId: encounter?.id ?? null,
      differs,
      marks: [],
    };
  const marks: Study['marks'] = [];
  if (header.modality && header.modality !== order.modality) marks.push('modality');
  if (!encounter) marks.push('not-arrived');
  return {
    state: 'linked',
    orderId: order.id,
    patientId: patient.id,
    encounterId: encounter?.id ?? null,
    differs: [],
    marks,
  };
}

/** What an image's identity contradicts of its order's patient: every form of the name counts, those sent to devices included. */
export function identityAgainst(header: InstanceHeader, { order, patient }: MatchFacts): Study['differs'] {
  if (!order || !patient) return [];
  const full = patient.birthDate?.length === 10 ? patient.birthDate.replaceAll('-', '') : '';
  const sex = patient.sex === 'U' ? '' : patient.sex;
  const names = [...acceptableNames(patient), ...order.sentNames.map((one) => one.name)];
  return identityDifferences(
    receivedIdentity(header),
    { patientId: patient.recordNumber, birthDate: full, sex },
    names,
  );
}

function receivedIdentity(header: InstanceHeader): { patientId: string; birthDate: string; sex: string; name: string } {
  return {
    patientId: header.patientId ?? '',
    birthDate: header.patientBirthDate ?? '',
    sex: header.patientSex ?? '',
    name: [header.patientName.alphabetic, header.patientName.ideographic, header.patientName.phonetic].join('='),
  };
}
