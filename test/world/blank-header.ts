import type { InstanceHeader } from '../../shared/imaging/instance-header.ts';
import { instanceHeaderSchema } from '../../shared/imaging/instance-header.ts';

/** A header in which the object says nothing: what a test gives is all that it says. */
export function blankHeader(more: Partial<InstanceHeader> = {}): InstanceHeader {
  const guesses = ['', null, [], false, 0, { alphabetic: '', ideographic: '', phonetic: '' }];
  const entries = Object.entries(instanceHeaderSchema.shape).map(([name, field]) => [
    name,
    guesses.find((guess) => field.safeParse(guess).success),
  ]);
  return instanceHeaderSchema.parse({ ...Object.fromEntries(entries), ...more });
}
