/** The parts that every paper has: whose it is, who the patient is, who signs. */
import type { DocumentLanguage } from '../../../shared/documents/labels/labels.ts';
import type { DocumentPatient, Site } from '../../../shared/documents/parts.ts';
import type { Reader } from '../../../shared/kernel/reader.ts';
import type { Location, Organization } from '../../../shared/organizations/schema.ts';
import { formText, officialName } from '../../../shared/people/names.ts';
import type { Patient } from '../../../shared/people/schema.ts';
import type { User } from '../../../shared/users/schema.ts';

const SEXES = { M: 'male', F: 'female', O: 'other', U: 'unknown' } as const;

/** The clinic's language of a locale: Indonesian for `id…`, else English. */
export const languageOf = (locale: string): DocumentLanguage => (/^id\b/i.test(locale) ? 'id' : 'en');

/** The letterhead of a location; undefined where the location or the organization is not here. */
export async function siteOf(reader: Reader, locationId: string): Promise<Site | undefined> {
  const location = await reader.get<Location>('location', locationId);
  const [organization] = await reader.find<Organization>('organization', 'all', { prefix: '' });
  if (!location || !organization) return undefined;
  return {
    organizationName: organization.name,
    locationName: location.name,
    addressLines: location.address.filter((line) => line.trim() !== '').slice(0, 4),
    phone: location.phone,
    locale: location.locale,
    timeZone: location.zone,
  };
}

/** A patient as papers name them: the official name as written, in Latin letters too where that is something else. */
export function documentPatient(patient: Patient): DocumentPatient {
  const name = officialName(patient);
  const [written, latin] = [formText(name.written), formText(name.latin)];
  return {
    officialName: written || latin,
    ...(latin !== '' && latin !== written && written !== '' && { latinName: latin }),
    sex: SEXES[patient.sex],
    ...(patient.birthDate && { birthDate: patient.birthDate }),
    recordNumber: patient.recordNumber,
  };
}

/** The language of the patient that is set beside the clinic's, where we print it and it is another. */
export function patientLanguage(patient: Patient, clinic: DocumentLanguage): { patientLanguage?: DocumentLanguage } {
  const language = /^(id|en)\b/i.exec(patient.language)?.[1]?.toLowerCase() as DocumentLanguage | undefined;
  return language && language !== clinic ? { patientLanguage: language } : {};
}

export async function signerOf(reader: Reader, userId: string): Promise<{ name: string; credentials: string }> {
  const user = await reader.get<User>('user', userId);
  return { name: user?.name ?? '–', credentials: user?.credentials ?? '' };
}
