import { useTranslation } from 'react-i18next';

/** Why the server did not do what a manager asked, in words. */
export function useDeedWords(): (code: string) => string {
  const { t, i18n } = useTranslation('settings');
  const say = t as unknown as (key: string, params?: object) => string;
  return (code) =>
    i18n.exists(`settings:stations.failure.${code}`)
      ? say(`stations.failure.${code}`)
      : say('stations.failure.other', { code });
}
