import type { InboxItem } from '../../shared/inbox/item-schema.ts';
import { LostSlot } from './lost-slot.tsx';
import { Refused } from './refused.tsx';
import { TaskCard } from './task-card.tsx';
import { UnfiledCard } from './unfiled-card.tsx';
import { TwoVersions } from './two-versions.tsx';

/** One waiting thing: what happened, what it means for the patient, and the button that solves it. */
export function ItemDetail({ item }: { item: InboxItem }) {
  switch (item.type) {
    case 'units':
      return <TwoVersions item={item} />;
    case 'lostClaim':
      return <LostSlot item={item} />;
    case 'refusal':
      return <Refused item={item} />;
    case 'task':
      return <TaskCard item={item} />;
    default:
      return <UnfiledCard item={item} />;
  }
}
