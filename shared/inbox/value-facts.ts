/** The value of a field as a person reads it, in parts that can be compared: what differs is marked, nothing else. */
import type { Reader } from '../kernel/reader.ts';
import { formText } from '../people/names.ts';
import type { Allergy, PersonName } from '../people/schema.ts';

const REFERENCES: Readonly<Record<string, string>> = {
  serviceId: 'service',
  deviceId: 'device',
  locationId: 'location',
  practitionerId: 'user',
  authorId: 'user',
  bookedBy: 'user',
  linkedBy: 'user',
  byId: 'user',
  resourceId: '',
};

/** Parts of a value: one for a text or number, one per entry of a list. Empty for nothing. */
export async function valueParts(reader: Reader, field: string, value: unknown): Promise<string[]> {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) {
    const parts: string[] = [];
    for (const one of value) parts.push(await entryText(reader, field, one));
    return parts.filter((part) => part !== '');
  }
  return [await entryText(reader, field, value)];
}

async function entryText(reader: Reader, field: string, value: unknown): Promise<string> {
  if (typeof value === 'string') return (await nameOf(reader, REFERENCES[field], value)) ?? value;
  if (typeof value !== 'object' || value === null) return String(value);
  if (field === 'names') return nameText(value as PersonName);
  if (field === 'allergies') return allergyText(value as Allergy);
  const parts: string[] = [];
  for (const [key, inner] of Object.entries(value)) {
    if (inner === null || inner === '' || typeof inner === 'object' || typeof inner === 'boolean') continue;
    parts.push(await entryText(reader, key, inner));
  }
  return parts.join(' · ');
}

function nameText(name: PersonName): string {
  const forms = [name.written, name.latin, name.phonetic].map(formText).filter((form) => form !== '');
  return [...new Set(forms)].join(' / ');
}

const allergyText = (allergy: Allergy): string =>
  [allergy.substance, allergy.reaction].filter((part) => part !== '').join(', ');

/** The name of a document by its id; undefined where it is none, or not here. */
export async function nameOf(reader: Reader, kind: string | undefined, id: string): Promise<string | undefined> {
  if (kind === undefined) return undefined;
  const tried = kind === '' ? ['user', 'room', 'device'] : [kind];
  for (const one of tried) {
    const name = (await reader.get(one, id))?.['name'];
    if (typeof name === 'string') return name;
  }
  return undefined;
}
