import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { isolateRightToLeft } from './isolate.ts';

/** Languages of the screens, each by its own name. */
export const languages = [
  { value: 'en', label: 'English' },
  { value: 'id', label: 'Bahasa Indonesia' },
] as const;
export type Language = (typeof languages)[number]['value'];

const files = import.meta.glob<Record<string, unknown>>('../../../resources/locales/*/*.json', {
  eager: true,
  import: 'default',
});

/** `…/locales/en/frame.json` → resources.en.frame */
function readResources(): Record<string, Record<string, Record<string, unknown>>> {
  const resources: Record<string, Record<string, Record<string, unknown>>> = {};
  for (const [path, words] of Object.entries(files)) {
    const [language, area] = path.split('/').slice(-2);
    if (language === undefined || area === undefined) continue;
    resources[language] = { ...resources[language], [area.replace('.json', '')]: words };
  }
  return resources;
}

/** Starts the words of all screens; they are in the page already, so this is done at once. */
export function startI18n(language: string): typeof i18next {
  const resources = readResources();
  void i18next.use(initReactI18next).init({
    resources,
    ns: Object.keys(resources['en'] ?? {}),
    defaultNS: 'frame',
    lng: languageOf(language),
    fallbackLng: 'en',
    initAsync: false,
    interpolation: { escape: isolateRightToLeft, escapeValue: true, useRawValueToEscape: true },
    react: { useSuspense: false },
  });
  return i18next;
}

/** The screens' language for a BCP 47 locale; English where there is none of its own. */
export function languageOf(locale: string): Language {
  const primary = locale.split('-')[0];
  return languages.find((one) => one.value === primary)?.value ?? 'en';
}
