import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldPair, UnitsItem } from '../../shared/inbox/item-schema.ts';
import { useHotkey } from '../ui/hotkeys.ts';
import { useCommand } from '../bridge/use-command.ts';
import { useSession } from '../bridge/use-session.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import styles from './inbox.module.css';
import { fieldWords, kindWords } from './law-words.ts';
import { useWhen } from './use-when.ts';

type Side = 'theirs' | 'mine';

/** Two versions side by side; only what differs is marked, and fields that belong together are chosen together. */
export function TwoVersions({ item }: { item: UnitsItem }) {
  const { t } = useTranslation('inbox');
  const { when } = useWhen();
  const { may } = useSession();
  const { run, isRunning } = useCommand();
  const { conflict, patient, mine } = item;
  const [choices, setChoices] = useState<Record<string, Side>>(() =>
    Object.fromEntries(conflict.units.map(({ unit }) => [unit, 'theirs' as const])),
  );
  const name = patient?.name.written ?? '';
  const blocked = may('inbox.solve') ? (isRunning ? '' : null) : t('mayNot');
  const keep = (): void => {
    if (blocked !== null) return;
    const seen = { [`conflict/${conflict.id}`]: conflict };
    const { shown } = item;
    void run('inbox/choose-version', { conflictId: conflict.id, choices, shown }, { seen, done: t('units.done') });
  };
  useHotkey('Ctrl+Enter', t('units.keepPlain'), keep, { group: t('title') });
  const title = t('units.title', { name: name || `${kindWords(t, conflict.docKind)} ${item.docTitle}`.trim() });
  return (
    <Card
      title={title}
      note={name === '' ? undefined : kindWords(t, conflict.docKind)}
      aside={t('since', { when: when(item.atUtc) })}
      tone="amber"
    >
      <div className={styles.body}>
        <p>{t('units.means')}</p>
        <table className={styles.compare}>
          <thead>
            <tr>
              <th scope="col">{t('units.field')}</th>
              <th scope="col">{t('units.stands')}</th>
              <th scope="col">
                {mine.authorName || t('somebody')}
                <div className={styles.small}>
                  {t('units.where', { station: mine.stationName, when: when(mine.atUtc) })}
                </div>
              </th>
            </tr>
          </thead>
          <tbody>
            {item.fields.map((pair, at) => (
              <tr key={`${pair.unit}/${pair.field}`}>
                <th scope="row">{fieldWords(t, pair.field)}</th>
                {(['theirs', 'mine'] as const).map((side) => (
                  <td key={side} data-chosen={choices[pair.unit] === side && pair.differs}>
                    <Choice
                      pair={pair}
                      side={side}
                      isFirst={item.fields.findIndex((one) => one.unit === pair.unit && one.differs) === at}
                      chosen={choices[pair.unit] === side}
                      onChoose={() => setChoices((before) => ({ ...before, [pair.unit]: side }))}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <div className={styles.buttons}>
          <Button kind="main" size="main" keyCap="Ctrl+Enter" disabledReason={blocked} onClick={keep}>
            {name === '' ? t('units.keepPlain') : t('units.keep', { name })}
          </Button>
        </div>
      </div>
    </Card>
  );
}

/** One value; the first differing field of a unit carries the radio button for all of them. */
function Choice(props: { pair: FieldPair; side: Side; isFirst: boolean; chosen: boolean; onChoose: () => void }) {
  const { t } = useTranslation('inbox');
  const { pair, side } = props;
  const parts = pair[side];
  const other = new Set(pair[side === 'mine' ? 'theirs' : 'mine']);
  const words =
    parts.length === 0 ? (
      <span className={styles.small}>{t('units.nothing')}</span>
    ) : (
      <span>
        {parts.map((part, at) => (
          <span key={part}>
            {at > 0 && ', '}
            <bdi className={pair.differs && !other.has(part) ? styles.marked : undefined}>{part}</bdi>
          </span>
        ))}
      </span>
    );
  if (!pair.differs || !props.isFirst) return words;
  return (
    <label className={styles.choice}>
      <input type="radio" name={`unit-${pair.unit}`} checked={props.chosen} onChange={props.onChoose} />
      {words}
    </label>
  );
}
