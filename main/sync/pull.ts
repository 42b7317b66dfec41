import type { TurnQueue } from '../cabinet/turn-queue.ts';
import type { ServerClient } from './server-client.ts';
import { groupScopes } from './scope-table.ts';
import type { StoreParts } from './take-page.ts';
import { takePage } from './take-page.ts';

/** Pages while a person works are small, so that no turn lasts 20 ms (`reference` figures: 200 documents). */
const PAGE = 200;

/** Follows every scope until nothing more is there. */
export async function pullAll(client: ServerClient, parts: StoreParts, queue: TurnQueue): Promise<void> {
  for (;;) {
    const groups = groupScopes(parts.scopes.all()).slice(0, 20);
    if (groups.length === 0) return;
    const answer = await client.pull({ groups, limit: PAGE });
    let more = false;
    for (const [i, page] of answer.pages.entries()) {
      const group = groups[i];
      if (!group) continue;
      const isLoad =
        group.cursor === null ||
        group.after !== null ||
        parts.scopes.all().some((row) => row.scope === group.scopes[0] && row.state === 'loading');
      await queue('sync', () => takePage(parts, group, page, isLoad));
      more ||= page.more || isLoad;
    }
    if (!more) return;
  }
}
