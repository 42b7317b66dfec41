import { ArrowRight, CircleAlert, Clock, Wallet } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoney } from '../../shared/kernel/money-format.ts';
import { localTime, msOf } from '../../shared/kernel/time.ts';
import type { BoardCard } from '../../shared/waiting-room/board-card.ts';
import { ageOn } from '../../shared/people/age-rules.ts';
import { paceOf } from '../../shared/waiting-room/limits.ts';
import { currentStep } from '../../shared/waiting-room/schema.ts';
import { useAgeWords } from '../app/patient/age-words.ts';
import { AllergyChip, Chip } from '../ui/chip.tsx';
import { formatInstant } from '../ui/instant-format.ts';
import { KeyCap } from '../ui/key-cap.tsx';
import styles from './board-card.module.css';
import { type NextDeed, nextDeed } from './board-columns.ts';

export type CardDeeds = { next: () => void; back: () => void; open: (() => void) | null };

/** One visit on the board. Only the selected card takes keys: Enter on, Backspace back, V opens the visit. */
export function BoardCardView({
  card,
  all,
  nowUtc,
  zone,
  isSelected,
  takesFocus,
  onSelect,
  onArrow,
  deeds,
}: {
  card: BoardCard;
  all: readonly BoardCard[];
  nowUtc: string;
  zone: string;
  isSelected: boolean;
  /** The board had the focus when this card came to be selected, or moved to another column. */
  takesFocus: boolean;
  onSelect: () => void;
  onArrow: (key: string) => boolean;
  deeds: CardDeeds;
}) {
  const { t, i18n } = useTranslation(['waiting-room', 'kit']);
  const element = useRef<HTMLLIElement>(null);
  const pace = paceOf(card.encounter, nowUtc);
  const { stage, atUtc } = currentStep(card.encounter);
  const isFresh = msOf(nowUtc) - msOf(atUtc) < 2_000;
  useEffect(() => {
    if (isSelected && takesFocus && document.activeElement !== element.current)
      element.current?.focus({ preventScroll: false });
  }, [isSelected, takesFocus, stage]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== element.current || event.ctrlKey || event.metaKey) return;
    const isBack = event.key === 'Backspace' || (event.altKey && event.key === 'ArrowLeft');
    if (isBack) deeds.back();
    else if (event.altKey) return;
    else if (event.key === 'Enter' && !event.repeat) deeds.next();
    else if (event.key.toLowerCase() === 'v' && deeds.open) deeds.open();
    else if (!onArrow(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const { name } = card.person;
  return (
    <li
      ref={element}
      className={styles.card}
      data-status={stage}
      data-level={pace.level}
      data-selected={isSelected || undefined}
      data-fresh={isFresh || undefined}
      tabIndex={isSelected ? 0 : -1}
      aria-label={t('card.label', { name: name.latin || name.written, minutes: pace.minutes })}
      aria-current={isSelected || undefined}
      onFocus={onSelect}
      onClick={() => element.current?.focus()}
      onDoubleClick={() => deeds.open?.()}
      onKeyDown={onKeyDown}
    >
      <div className={styles.top}>
        <div className={styles.who}>
          <span className={styles.name} title={name.written}>
            <bdi>{name.written}</bdi>
          </span>
          <SecondLine card={card} today={localTime(nowUtc, zone).day} />
        </div>
        <div className={styles.minutes} data-status={pace.level === 'within' ? undefined : pace.level}>
          {pace.minutes}
          <small>{t('min')}</small>
        </div>
      </div>
      <div className={styles.track} aria-hidden="true" data-status={pace.level === 'within' ? stage : pace.level}>
        <div style={{ width: `${Math.min(100, Math.round(pace.share * 100))}%` }} />
      </div>
      <div className={styles.line}>
        {pace.level === 'within' ? (
          <span>{t('limit', { minutes: pace.limitMin })}</span>
        ) : (
          <span className={styles.over} data-status={pace.level}>
            {pace.level === 'red' ? (
              <CircleAlert size={14} aria-hidden="true" />
            ) : (
              <Clock size={14} aria-hidden="true" />
            )}
            {t('over', { minutes: pace.overMin, limit: pace.limitMin })}
          </span>
        )}
        <span>{t('total', { minutes: pace.totalMinutes })}</span>
      </div>
      <div className={styles.line}>
        <Deed card={card} all={all} />
        <span>
          {card.appointmentAtUtc
            ? formatInstant(card.appointmentAtUtc, { zone, locale: i18n.language, as: 'clock', withZone: false })
            : t('walkInShort')}
        </span>
      </div>
      <Flags card={card} zone={zone} />
      {isSelected && <CardKeys card={card} deeds={deeds} />}
    </li>
  );
}

/** Latin name where the written one is another, age of a child, who and where. */
function SecondLine({ card, today }: { card: BoardCard; today: string }) {
  const { t } = useTranslation('waiting-room');
  const { birthDate } = card.person;
  const age = useAgeWords();
  const parts = [
    card.person.name.latin,
    isChild(birthDate, today) ? age(birthDate, today) : null,
    card.appointmentAtUtc === null ? t('walkIn') : '',
    card.practitioner?.name ?? '',
    card.hasScan ? (card.device?.name ?? '') : (card.room ?? ''),
  ].filter((part) => part !== null && part !== '');
  return (
    <span className={styles.second} title={parts.join(' · ')}>
      {parts.map((part, at) => (
        <span key={part}>
          {at > 0 && ' · '}
          <bdi>{part}</bdi>
        </span>
      ))}
    </span>
  );
}

/** From 14 years on, an age is not on the card. */
function isChild(birthDate: string | null, today: string): boolean {
  const age = birthDate === null ? null : ageOn(birthDate, today);
  return age !== null && (age.unit !== 'years' || age.count < 14);
}

function Deed({ card, all }: { card: BoardCard; all: readonly BoardCard[] }) {
  return (
    <span className={styles.deed}>
      <ArrowRight size={14} aria-hidden="true" />
      <span>{useDeedWords()(nextDeed(card, all))}</span>
    </span>
  );
}

function useDeedWords(): (next: NextDeed) => string {
  const { t } = useTranslation(['waiting-room', 'kit']);
  return (next) => {
    switch (next.deed) {
      case 'images':
        return t('deed.images', { count: next.count });
      case 'roomBusy':
        return t('deed.roomBusy', { room: next.room });
      case 'then':
        return next.stage ? t('deed.then', { stage: t(`kit:status.${next.stage}`) }) : t('deed.nothing');
      default:
        return t(`deed.${next.deed}`);
    }
  };
}

function Flags({ card, zone }: { card: BoardCard; zone: string }) {
  const { t, i18n } = useTranslation('waiting-room');
  const { flags, encounter } = card;
  const { owes } = flags;
  return (
    <div className={styles.chips}>
      {card.isLeftOver && (
        <Chip tone="amber" icon={<Clock size={14} aria-hidden="true" />}>
          {t('leftOver', {
            day: formatInstant(encounter.openedAtUtc, {
              zone,
              locale: i18n.language,
              as: 'weekday-day',
              withZone: false,
            }),
          })}
        </Chip>
      )}
      {flags.firstVisit && <Chip tone="accent">{t('firstVisit')}</Chip>}
      <AllergyChip fact={{ state: flags.allergyState, substances: flags.allergies }} />
      {flags.alerts.map((alert) => (
        <Chip key={alert} tone="amber">
          {alert}
        </Chip>
      ))}
      {owes && owes.amountMinor > 0 && (
        <Chip tone="amber" icon={<Wallet size={14} aria-hidden="true" />}>
          {t('owes', { amount: formatMoney(owes.amountMinor, owes.currency, i18n.language) })}
        </Chip>
      )}
    </div>
  );
}

function CardKeys({ card, deeds }: { card: BoardCard; deeds: CardDeeds }) {
  const { t } = useTranslation(['waiting-room', 'kit']);
  const keys = [
    card.next && { key: 'Enter', words: t(`kit:status.${card.next}`), onClick: deeds.next },
    card.previous && { key: '⌫', words: t(`kit:status.${card.previous}`), onClick: deeds.back },
    deeds.open && { key: 'V', words: t('visit'), onClick: deeds.open },
  ].filter((one) => one !== null && one !== undefined);
  return (
    <div className={styles.keys}>
      {keys.map((one) => (
        <button key={one.key} type="button" className={styles.key} onClick={one.onClick}>
          <KeyCap keys={one.key} /> {one.words}
        </button>
      ))}
    </div>
  );
}
