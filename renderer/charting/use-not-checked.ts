import { useTranslation } from 'react-i18next';

/**
 * The quiet line under a medicine: the listed allergies that its name was not related to. Names are compared, nothing more, so
 * a medicine without an alarm is not one that was found safe. Undefined where there is nothing to say.
 */
export function useNotChecked(): (notRelated: readonly string[]) => string | undefined {
  const { t } = useTranslation('charting');
  return (notRelated) =>
    notRelated.length === 0 ? undefined : t('medicine.notChecked', { substances: notRelated.join(', ') });
}
