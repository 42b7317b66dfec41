/** The whole law, as a desk needs it: every kind, every command, and what an organization sets for all of them. */
import { balances } from './billing/kept-balance-facts.ts';
import { drawers } from './billing/kept-drawer-facts.ts';
import { kinds } from './collections.ts';
import { commands } from './commands.ts';
import type { Law } from './desk/ports.ts';
import { undoWithinMin } from './organizations/settings-facts.ts';

export const law: Law = { kinds, commands, undoWithinMin, derivations: [balances, drawers] };
