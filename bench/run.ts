/**
 * The first figures; no peer exists for these: from `npm start` to a usable window, from an image's last byte to its row and its picture, and from a command
 * on one station to the other's screen. Each prints one JSON line with minimum, median, maximum and the machine's load.
 */
import { localTime } from '../shared/kernel/time.ts';
import { openClinic } from '../test/world/clinic.ts';
import { until } from '../test/world/services.ts';
import { benchAcross } from './across-stations.ts';
import { benchImages } from './image-to-screen.ts';
import { benchStart } from './start-to-window.ts';

const ROUNDS = 5;

await benchStart(ROUNDS);
const clinic = await openClinic();
try {
  const open = async (name: string) => {
    // A code is given once, a start prints an unused one.
    await clinic.stopServer();
    await clinic.startServer();
    const station = await clinic.openStation(name, await clinic.codeFor('kemang'));
    const isSynced = async (): Promise<boolean> =>
      (await station.request<{ phase: string }>('station', { do: 'sync' })).phase === 'synced';
    await until('the first load', isSynced, 180_000);
    return station;
  };
  const [one, two] = [await open('one'), await open('two')];
  await one.signIn('receptionist');
  const { state } = await one.request<{ state: { location: { id: string; zone: string } } }>('session', {
    do: 'state',
  });
  const today = localTime(new Date().toISOString(), state.location.zone).day;
  await benchAcross(one, two, { locationId: state.location.id, today }, ROUNDS);
  await benchImages(clinic, one, ROUNDS);
} finally {
  await clinic.close();
}
