import { useTranslation } from 'react-i18next';
import { ageOn } from '../../../shared/people/age-rules.ts';

/** An age in short words (`19 d`, `5 wk`, `7 mo`, `62 y`, `~36 y`), by the location's day; null where it is not known. */
export function useAgeWords(): (birthDate: string | null, today: string) => string | null {
  const { t } = useTranslation('frame');
  return (birthDate, today) => {
    const age = birthDate === null ? null : ageOn(birthDate, today);
    if (!age) return null;
    const words = t(`age.${age.unit}`, { n: age.count });
    return age.isAbout ? t('age.about', { age: words }) : words;
  };
}
