import { useTranslation } from 'react-i18next';
import { localTime } from '../../shared/kernel/time.ts';
import { useNow } from '../app/use-now.ts';
import { useSession } from '../bridge/use-session.ts';
import { formatInstant } from '../ui/instant-format.ts';

/** Times as the inbox shows them: the clock today, else with the day; in another zone with its name. */
export function useWhen() {
  const { state } = useSession();
  const { i18n } = useTranslation();
  const home = state?.location?.zone ?? 'UTC';
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
