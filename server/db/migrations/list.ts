import { foundation } from './0001-foundation.ts';
import { contactNumbers } from './0002-contact-numbers.ts';
import { whatStationsSaw } from './0003-what-stations-saw.ts';
import { lookupKeys } from './0004-lookup-keys.ts';
import { documentUpgrades } from './0005-document-upgrades.ts';
import { derivedDocuments } from './0006-derived-documents.ts';

export type Migration = { number: number; name: string; sql: string };

/** In order; a migration that has left this repository is never changed, only followed by another. */
export const migrations: readonly Migration[] = [
  foundation,
  contactNumbers,
  whatStationsSaw,
  lookupKeys,
  documentUpgrades,
  derivedDocuments,
];
