import type { DayView } from '../shared/scheduling/day-views.ts';
import type { Station } from '../test/world/clinic.ts';
import { report } from './report.ts';

export type Place = { locationId: string; today: string };

/** From a command on one station to the card on the other station's screen. */
export async function benchAcross(one: Station, two: Station, { locationId, today }: Place, rounds: number) {
  await one.signIn('receptionist');
  await two.signIn('receptionist');
  await two.page.evaluate(() => {
    (globalThis as unknown as { location: { hash: string } }).location.hash = '#/wait';
  });
  const cards = two.page.getByRole('group', { name: 'Visits by stage' }).getByRole('listitem');
  await two.page.getByRole('group', { name: 'Visits by stage' }).waitFor();
  const { blocks } = await one.view<DayView>('scheduling/day', { locationId, fromDay: today, days: 1 });
  const waiting = blocks.filter((block) => !block.encounter && block.appointment.status === 'booked');
  const times: number[] = [];
  for (const block of waiting.slice(0, rounds)) {
    const before = await cards.count();
    const fromMs = performance.now();
    const answer = await one.run('waiting-room/arrive', { appointmentId: block.appointment.id });
    if (!answer.ok) throw new Error(JSON.stringify(answer.violations));
    await cards.nth(before).waitFor();
    times.push(performance.now() - fromMs);
  }
  report('a command on one station to the other station’s screen', times);
}
