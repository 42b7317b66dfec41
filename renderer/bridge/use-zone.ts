import { useSession } from './use-session.ts';

const machineZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone that this window tells time in: the location's; before there is one, the machine's. */
export function useZone(): string {
  const { state } = useSession();
  return state?.location?.zone ?? machineZone;
}
