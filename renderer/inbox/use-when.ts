import { useTranslation } from 'react-i18next';
import { localTime } from '../../shared/kernel/time.ts';
import { useNow } from '../app/use-now.ts';
import { useZone } from '../bridge/use-zone.ts';
import { formatInstant } from '../ui/instant-format.ts';

/** Times as the inbox shows them: the clock today, else with the day; in another zone with its name. */
export function useWhen() {
  const { i18n } = useTranslation();
  const home = useZone();
  const today = localTime(useNow(60_000), home).day;
  const when = (atUtc: string, zone: string = home): string => {
    const isToday = localTime(atUtc, zone).day === today;
    return formatInstant(atUtc, {
      zone,
      locale: i18n.language,
      as: isToday ? 'clock' : 'day-clock',
      withZone: zone !== home,
    });
  };
  return { when, home };
}
