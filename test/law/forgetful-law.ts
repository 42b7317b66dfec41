/** The law as a server would have it that has forgotten who has arrived: bookings end under their visits, and nobody is told. */
import type { Law } from '../../shared/desk/ports.ts';
import { law } from '../../shared/law.ts';

const forgotten = ['scheduling/cancel', 'scheduling/no-show', 'waiting-room/arrive'];

export const forgetfulLaw = (): Law => ({
  ...law,
  commands: Object.fromEntries(
    Object.entries(law.commands).map(([name, spec]) => [
      name,
      forgotten.includes(name) ? { ...spec, rules: { none: 'forgotten' } } : spec,
    ]),
  ),
});
