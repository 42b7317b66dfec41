import { foldedWords } from '../../shared/kernel/fold.ts';
import type { BoardCard } from '../../shared/waiting-room/board-card.ts';
import type { BoardOrder, OpenStage } from '../../shared/waiting-room/limits.ts';
import { compareCards, openStages, paceOf } from '../../shared/waiting-room/limits.ts';
import type { Stage } from '../../shared/waiting-room/schema.ts';
import { currentStep } from '../../shared/waiting-room/schema.ts';

export type BoardColumn = { stage: OpenStage; cards: BoardCard[]; over: number; isRed: boolean };

/** The five columns with their cards in order, those of one practitioner or of all. */
export function columnsOf(
  cards: readonly BoardCard[],
  order: BoardOrder,
  practitionerId: string,
  nowUtc: string,
): BoardColumn[] {
  const shown = cards.filter((card) => practitionerId === '' || card.practitioner?.id === practitionerId);
  return openStages.map((stage) => {
    const mine = shown
      .filter((card) => currentStep(card.encounter).stage === stage)
      .toSorted((a, b) => compareCards(order, a, b, nowUtc));
    const levels = mine.map((card) => paceOf(card.encounter, nowUtc).level);
    return {
      stage,
      cards: mine,
      over: levels.filter((level) => level !== 'within').length,
      isRed: levels.includes('red'),
    };
  });
}

/** The card that an arrow key leads to; undefined at an edge or for another key. Left and right skip empty columns. */
export function cardToward(key: string, columns: readonly BoardColumn[], selectedId: string): string | undefined {
  const at = columns.findIndex((column) => column.cards.some((card) => card.encounter.id === selectedId));
  const column = columns[at];
  if (!column) return undefined;
  const row = column.cards.findIndex((card) => card.encounter.id === selectedId);
  if (key === 'ArrowDown' || key === 'ArrowUp') return column.cards[row + (key === 'ArrowDown' ? 1 : -1)]?.encounter.id;
  if (key === 'Home') return column.cards[0]?.encounter.id;
  if (key === 'End') return column.cards.at(-1)?.encounter.id;
  if (key !== 'ArrowRight' && key !== 'ArrowLeft') return undefined;
  const rest = key === 'ArrowRight' ? columns.slice(at + 1) : columns.slice(0, at).toReversed();
  const target = rest.find((one) => one.cards.length > 0);
  return target?.cards[Math.min(row, target.cards.length - 1)]?.encounter.id;
}

/** The longest time that anybody has been in their present stage while they wait. */
export function longestWaitMin(columns: readonly BoardColumn[], nowUtc: string): number {
  const waiting = columns.filter((column) => column.stage === 'arrived' || column.stage === 'waiting');
  const minutes = waiting.flatMap((column) => column.cards.map((card) => paceOf(card.encounter, nowUtc).minutes));
  return Math.max(0, ...minutes);
}

export type NextDeed =
  | { deed: 'images'; count: number }
  | { deed: 'noImages' | 'askAllergies' | 'thenBilling' }
  | { deed: 'roomBusy'; room: string }
  | { deed: 'then'; stage: Stage | null };

/** What has to happen next for a card. */
export function nextDeed(card: BoardCard, all: readonly BoardCard[]): NextDeed {
  const { stage } = currentStep(card.encounter);
  if (stage === 'in_scan') return card.images > 0 ? { deed: 'images', count: card.images } : { deed: 'noImages' };
  if (stage === 'arrived' && card.flags.allergyState === 'not_asked') return { deed: 'askAllergies' };
  const inRoom = all.find((one) => one.room === card.room && currentStep(one.encounter).stage === 'in_room');
  if (stage === 'waiting' && card.room && inRoom) return { deed: 'roomBusy', room: card.room };
  return stage === 'review' ? { deed: 'thenBilling' } : { deed: 'then', stage: card.next };
}

/** What a wall screen may show of a person: the end of the record number, or initials. */
export function wallSign(card: BoardCard, show: 'numbers' | 'initials'): string {
  if (show === 'numbers')
    return card.person.recordNumber.replaceAll(/\D/g, '').slice(-3) || card.person.recordNumber.slice(-3);
  const words = foldedWords(card.person.name.latin || card.person.name.written);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => (word ? ([...word][0] ?? '').toUpperCase() : ''))
    .join('');
}
