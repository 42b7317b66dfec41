import { useTranslation } from 'react-i18next';

export type Say = (key: string, params?: Record<string, unknown>) => string;

/** Words of one area and the person's locale. Keys are partly made of codes of the law, so they are texts here. */
export function useWords(area: 'scheduling' | 'people'): { say: Say; locale: string } {
  const { t, i18n } = useTranslation(area as 'frame');
  return { say: t as unknown as Say, locale: i18n.language };
}
