import { useTranslation } from 'react-i18next';

const byZone: readonly [RegExp, string][] = [
  [/^Asia\/(Jakarta|Makassar|Jayapura|Pontianak)$/, 'IDR'],
  [/^Asia\/Singapore$/, 'SGD'],
  [/^Asia\/Kuala_Lumpur$/, 'MYR'],
  [/^Asia\/Tokyo$/, 'JPY'],
  [/^Asia\/Seoul$/, 'KRW'],
  [/^Australia\//, 'AUD'],
  [/^Europe\/London$/, 'GBP'],
  [/^Europe\/Zurich$/, 'CHF'],
  [/^Europe\/(Berlin|Paris|Madrid|Rome|Vienna|Brussels|Amsterdam|Lisbon|Dublin|Helsinki|Athens)$/, 'EUR'],
];

/** The money most likely used where a zone is; empty where a guess would be worse than a question. */
export const likelyCurrency = (zone: string): string => byZone.find(([form]) => form.test(zone))?.[1] ?? '';

/** Why a station could not be set up or enrolled. A code without a sentence is shown, so that it can be reported. */
export function useStartFailureWords(): (code: string) => string {
  const { t, i18n } = useTranslation('session');
  const say = t as unknown as (key: string, params?: object) => string;
  return (code) => (i18n.exists(`session:start.${code}`) ? say(`start.${code}`) : say('start.other', { code }));
}
