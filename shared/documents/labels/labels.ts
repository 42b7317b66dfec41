import { en } from './en.ts';
import { id } from './id.ts';

export type LabelKey = keyof typeof en;
/** Every word that a template prints by itself, and the `locale` in which it writes dates. */
export type Labels = Readonly<Record<LabelKey, string>>;
export const DOCUMENT_LANGUAGES = ['en', 'id'] as const;
export type DocumentLanguage = (typeof DOCUMENT_LANGUAGES)[number];

const TABLES: Record<DocumentLanguage, Labels> = { en, id };
/** Too narrow for two languages, or not words for a reader. */
const ONE_LANGUAGE: ReadonlySet<LabelKey> = new Set(['locale', 'page', 'of', 'on', 'about', 'documentNumber']);

/** The label table of a language; with `beside`, each label carries the other language after a slash where it differs. */
export function labelsFor(language: DocumentLanguage, beside?: DocumentLanguage): Labels {
  const main = TABLES[language];
  if (!beside || beside === language) return main;
  const second = TABLES[beside];
  const merged = Object.entries(main).map(([key, text]) => {
    const other = second[key as LabelKey];
    return [key, ONE_LANGUAGE.has(key as LabelKey) || other === text ? text : `${text} / ${other}`];
  });
  return Object.fromEntries(merged) as Labels;
}
