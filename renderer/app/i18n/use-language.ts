import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useSession } from '../../bridge/use-session.ts';
import { useLayout } from '../layout-store.ts';
import { languageOf, type Language } from './i18n.ts';

const languageSchema = z.enum(['en', 'id']);

/** The person's language here: what they chose on this station, else the one of their account. */
export function useLanguage(): [Language, (language: Language) => void] {
  const { state } = useSession();
  return useLayout<Language>(
    'language',
    languageSchema,
    languageOf(state?.user?.locale ?? state?.location?.locale ?? navigator.language),
  );
}

/** Keeps the page in that language, with its writing direction. */
export function useLanguageOnPage(): void {
  const { i18n } = useTranslation();
  const [language] = useLanguage();
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = i18n.dir(language);
    if (i18n.language !== language) void i18n.changeLanguage(language);
  }, [i18n, language]);
}
