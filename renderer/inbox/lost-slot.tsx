import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LostSlotItem } from '../../shared/inbox/item-schema.ts';
import type { Slot } from '../../shared/scheduling/rules.ts';
import { useHotkey } from '../ui/hotkeys.ts';
import { useCommand } from '../bridge/use-command.ts';
import { stationNowUtc } from '../bridge/station-clock.ts';
import { useSession } from '../bridge/use-session.ts';
import { useView } from '../bridge/use-view.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Chip } from '../ui/chip.tsx';
import { StatusWord } from '../ui/status.tsx';
import styles from './inbox.module.css';
import { useSolve } from './use-solve.ts';
import { useWhen } from './use-when.ts';

/** A booking that lost its time: the next free times on the keys 1–3, and one button that places it. */
export function LostSlot({ item }: { item: LostSlotItem }) {
  const { t } = useTranslation('inbox');
  const { when } = useWhen();
  const { may } = useSession();
  const { run, isRunning } = useCommand();
  const { solve, blocked: solveBlocked } = useSolve('conflict', item.conflict);
  const { appointment, freeTimes, zone } = item;
  const [fromUtc] = useState(() => {
    const now = stationNowUtc();
    return appointment && appointment.startsAtUtc > now ? appointment.startsAtUtc : now;
  });
  const view = useView('scheduling/free-times', freeTimes ? { ...freeTimes, fromUtc } : null);
  const next = view.state === 'ready' ? view.value.next : [];
  const [chosenUtc, setChosen] = useState<string | null>(null);
  const chosen = next.find((slot) => slot.startsAtUtc === chosenUtc) ?? next[0];
  const name = item.patient?.name.written ?? '';
  const booked = appointment ? when(appointment.startsAtUtc, zone) : '';
  const blocked = !may('appointments.book') ? t('mayNotBook') : !chosen ? t('lost.choose') : isRunning ? '' : null;
  const place = (): void => {
    if (blocked !== null || !chosen || !appointment || !freeTimes) return;
    const { practitionerId, roomId, deviceId, locationId, durationMin } = freeTimes;
    const input = {
      appointmentId: appointment.id,
      locationId,
      startsAtUtc: chosen.startsAtUtc,
      durationMin,
      practitionerId,
      roomId,
      deviceId,
    };
    const seen = { [`appointment/${appointment.id}`]: appointment };
    void run('scheduling/move', input, { seen, done: t('lost.done', { name, when: when(chosen.startsAtUtc, zone) }) });
  };
  useHotkey('Ctrl+Enter', t('lost.choose'), place, { group: t('title') });
  return (
    <Card
      title={t('lost.title', { name })}
      note={item.patient?.recordNumber}
      aside={t('since', { when: when(item.atUtc) })}
      tone="red"
    >
      <div className={styles.body}>
        {!appointment && <p>{t('lost.gone')}</p>}
        {appointment && (
          <>
            <p>
              {t('lost.means', {
                author: item.by.authorName || t('somebody'),
                when: booked,
                practitioner: item.practitioner,
              })}{' '}
              {item.takenBy !== '' && t('lost.takenBy', { name: item.takenBy })}
            </p>
            <div className={styles.times}>
              <Chip tone="red">{t('lost.unplaced')}</Chip>
              <span>{item.service}</span>
              {item.stage && <StatusWord status={item.stage} />}
              {item.patient?.phones.map((phone) => (
                <bdi key={phone}>{phone}</bdi>
              ))}
            </div>
            <p>{item.stage ? t('lost.came') : t('lost.tell', { name, when: booked })}</p>
            <FreeTimes
              slots={next}
              isLooking={view.state === 'loading'}
              zone={zone}
              practitioner={item.practitioner}
              chosen={chosen}
              onChoose={setChosen}
            />
          </>
        )}
        <div className={styles.buttons}>
          {(item.stage !== null || !appointment) && (
            <Button disabledReason={solveBlocked} onClick={solve}>
              {t('lost.leave')}
            </Button>
          )}
          {appointment && (
            <Button kind="main" size="main" keyCap="Ctrl+Enter" disabledReason={blocked} onClick={place}>
              {t('lost.place', { when: chosen ? when(chosen.startsAtUtc, zone) : '' })}
            </Button>
          )}
        </div>
      </div>
    </Card>
  );
}

function FreeTimes(props: {
  slots: readonly Slot[];
  isLooking: boolean;
  zone: string;
  practitioner: string;
  chosen: Slot | undefined;
  onChoose: (startsAtUtc: string) => void;
}) {
  const { t } = useTranslation('inbox');
  const { when } = useWhen();
  const choose = (at: number): void => {
    const slot = props.slots[at];
    if (slot) props.onChoose(slot.startsAtUtc);
  };
  useHotkey('1', t('lost.choose'), () => choose(0), { group: t('title') });
  useHotkey('2', t('lost.choose'), () => choose(1), { group: t('title') });
  useHotkey('3', t('lost.choose'), () => choose(2), { group: t('title') });
  if (props.slots.length === 0)
    return <p className={styles.small}>{t(props.isLooking ? 'lost.looking' : 'lost.none')}</p>;
  return (
    <div>
      <p className={styles.small}>{t('lost.next', { practitioner: props.practitioner })}</p>
      <div className={styles.times} role="group" aria-label={t('lost.next', { practitioner: props.practitioner })}>
        {props.slots.map((slot, at) => (
          <Button
            key={slot.startsAtUtc}
            keyCap={String(at + 1)}
            aria-pressed={slot === props.chosen}
            onClick={() => choose(at)}
          >
            {when(slot.startsAtUtc, props.zone)}
          </Button>
        ))}
      </div>
    </div>
  );
}
