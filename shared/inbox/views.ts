/** The views of this area, by name (see `shared/kernel/view.ts`). */
import { z } from 'zod';
import { unfiledStudies } from '../imaging/unfiled-studies.ts';
import { idSchema } from '../kernel/id.ts';
import type { Holding } from '../kernel/reader.ts';
import { inboxScope } from '../kernel/scopes.ts';
import { defineView } from '../kernel/view.ts';
import type { InboxItem } from './item-schema.ts';
import { conflictItem, patientOf, refusalItem, taskItem } from './item-facts.ts';
import type { Conflict, Refusal, Task } from './schema.ts';

export type InboxList = {
  held: Holding;
  /** Oldest first. */
  items: InboxItem[];
  /** There were more than are shown. */
  cut: boolean;
};

const MAX_ITEMS = 200;
/** Whose changes make the list another: what waits, and what its words are taken from. */
const listKinds = [
  'conflict',
  'refusal',
  'task',
  'study',
  'instance',
  'imagingOrder',
  'appointment',
  'encounter',
  'patient',
  'user',
  'measurement',
  'report',
  'service',
] as const;

const inboxList = defineView<{ locationId: string }, InboxList>({
  name: 'inbox/list',
  params: z.strictObject({ locationId: idSchema }),
  permission: 'inbox.view',
  kinds: listKinds,
  read: async (reader, { locationId }) => {
    const range = { prefix: `${locationId}/` };
    const items: InboxItem[] = [];
    const options = { limit: MAX_ITEMS };
    for (const one of await reader.find<Conflict>('conflict', 'open', range, options))
      items.push(await conflictItem(reader, one));
    for (const one of await reader.find<Refusal>('refusal', 'open', range, options))
      items.push(await refusalItem(reader, one));
    for (const one of await reader.find<Task>('task', 'open', range, options)) items.push(await taskItem(reader, one));
    for (const unfiled of await unfiledStudies(reader, locationId))
      items.push({
        key: `study/${unfiled.study.id}`,
        type: unfiled.study.state === 'held' ? 'held' : 'stray',
        atUtc: unfiled.study.firstImageAtUtc,
        patient: await patientOf(reader, unfiled.heldFor?.patientId ?? null),
        unfiled,
      });
    items.sort((a, b) => (a.atUtc < b.atUtc ? -1 : a.atUtc > b.atUtc ? 1 : a.key < b.key ? -1 : 1));
    return {
      held: await reader.holds(inboxScope(locationId)),
      items: items.slice(0, MAX_ITEMS),
      cut: items.length > MAX_ITEMS,
    };
  },
});

/** How many things wait at a location (the station's own, if none is named), for the mark on the rail. */
const inboxCount = defineView<{ locationId?: string | undefined }, { held: Holding; open: number }>({
  name: 'inbox/count',
  params: z.strictObject({ locationId: idSchema.optional() }),
  permission: 'inbox.view',
  kinds: ['conflict', 'refusal', 'task', 'study'],
  read: async (reader, params, context) => {
    const locationId = params.locationId ?? context.locationId;
    const range = { prefix: `${locationId}/` };
    let open = await reader.count('study', 'waiting', range);
    for (const kind of ['conflict', 'refusal', 'task']) open += await reader.count(kind, 'open', range);
    return { held: await reader.holds(inboxScope(locationId)), open };
  },
});

export const inboxViews = { 'inbox/list': inboxList, 'inbox/count': inboxCount } as const;
