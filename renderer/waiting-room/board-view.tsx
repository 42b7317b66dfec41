import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardCard } from '../../shared/waiting-room/board-card.ts';
import type { Board } from '../../shared/waiting-room/board-view.ts';
import { go } from '../app/router.ts';
import { useSession } from '../bridge/use-session.ts';
import { BoardCardView } from './board-card.tsx';
import { BoardColumnView } from './board-column.tsx';
import { type BoardColumn, cardToward } from './board-columns.ts';
import type { useBoardDeeds } from './use-board-deeds.ts';
import styles from './waiting-room-screen.module.css';

/** The five columns. One card is selected; the selection stays with its person when they go to another column. */
export function BoardColumns({
  columns,
  board,
  nowUtc,
  deeds,
  wantedId,
}: {
  columns: readonly BoardColumn[];
  board: Board;
  nowUtc: string;
  deeds: ReturnType<typeof useBoardDeeds>;
  /** A visit that the address names. */
  wantedId: string | null;
}) {
  const { t } = useTranslation('waiting-room');
  const { may } = useSession();
  const [chosenId, setChosenId] = useState(wantedId);
  // Who came by a key, with the focus nowhere, goes on at the first card.
  const hadFocus = useRef(document.activeElement === document.body);
  const shown = columns.flatMap((column) => column.cards);
  const selected = shown.find((card) => card.encounter.id === chosenId) ?? firstByNeed(columns);
  const deedsOf = (card: BoardCard) => ({
    next: () => deeds.onward(card.encounter, card.person, card.next),
    back: () => deeds.back(card.encounter, card.person),
    open: may('charts.view')
      ? () => go('visit', { encounterId: card.encounter.id, patientId: card.person.patientId })
      : null,
  });
  return (
    <div
      className={styles.columns}
      role="group"
      aria-label={t('board')}
      onFocus={() => {
        hadFocus.current = true;
      }}
      onBlur={(event) => {
        // A card that moves to another column leaves the page with the focus; that is no leaving of the board.
        if (event.relatedTarget !== null) hadFocus.current = event.currentTarget.contains(event.relatedTarget);
      }}
    >
      {columns.map((column) => (
        <BoardColumnView key={column.stage} column={column}>
          {column.cards.map((card) => (
            <BoardCardView
              key={card.encounter.id}
              card={card}
              all={board.cards}
              nowUtc={nowUtc}
              zone={board.zone}
              isSelected={card === selected}
              takesFocus={hadFocus.current}
              onSelect={() => setChosenId(card.encounter.id)}
              onArrow={(key) => {
                const next = cardToward(key, columns, card.encounter.id);
                if (next !== undefined) setChosenId(next);
                return next !== undefined || /^Arrow|^Home$|^End$/.test(key);
              }}
              deeds={deedsOf(card)}
            />
          ))}
        </BoardColumnView>
      ))}
    </div>
  );
}

/** Where the selection is before anybody chose: the first card of the first column that has one. */
function firstByNeed(columns: readonly BoardColumn[]): BoardCard | undefined {
  return columns.find((column) => column.cards.length > 0)?.cards[0];
}
