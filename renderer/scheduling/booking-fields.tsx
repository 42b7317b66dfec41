import type { CatalogueView } from '../../shared/scheduling/booking-views.ts';
import type { DayBlock } from '../../shared/scheduling/day-views.ts';
import { formatMoney } from '../../shared/kernel/money-format.ts';
import { instantsAt, reachedAt } from '../../shared/kernel/time.ts';
import { parseDay } from '../../shared/kernel/typed-day.ts';
import { DateField } from '../ui/date-field.tsx';
import { clockWords, zoneName } from '../../shared/kernel/clock-words.ts';
import { SegmentedControl } from '../ui/segmented-control.tsx';
import { Select } from '../ui/select.tsx';
import { TextField } from '../ui/text-field.tsx';
import { TimeField } from '../ui/time-field.tsx';
import styles from './appointment-panel.module.css';
import type { BookingDraft } from './booking-draft.ts';
import { startOf, withService } from './booking-draft.ts';
import { useWords } from './words.ts';

type Part = {
  draft: BookingDraft;
  catalogue: CatalogueView;
  blocks: readonly DayBlock[];
  today: string;
  onChange: (draft: BookingDraft) => void;
};

/** What, with whom, with which device, where and when: in the order in which the desk asks. */
export function BookingFields({ draft, catalogue, blocks, today, onChange }: Part) {
  const { say, locale } = useWords('scheduling');
  const zone = catalogue.location.zone;
  const instants = draft.day && draft.clock ? instantsAt(draft.day, draft.clock, zone) : [];
  const service = catalogue.services.find((one) => one.id === draft.serviceId);
  const devices = catalogue.devices.filter((one) => one.modality === service?.modality);
  const price =
    service?.priceMinor != null ? formatMoney(service.priceMinor, service.currency, locale) : say('noPrice');
  const list = (items: ReadonlyArray<{ id: string; name: string }>, none: string) => [
    { value: '', label: none },
    ...items.map((one) => ({ value: one.id, label: one.name })),
  ];
  return (
    <>
      <Select
        label={say('field.service')}
        aside={service && say('serviceFacts', { minutes: draft.durationMin, price })}
        options={list(catalogue.services, say('choose'))}
        value={draft.serviceId}
        onChange={(id) => onChange(withService(draft, id, zone, catalogue, blocks))}
      />
      <div className={styles.pair}>
        <Select
          label={say('field.with')}
          options={list(catalogue.practitioners, say('choose'))}
          value={draft.practitionerId}
          onChange={(practitionerId) => onChange({ ...draft, practitionerId })}
        />
        {service?.modality ? (
          <Select
            label={say('field.device')}
            options={list(devices, say('choose'))}
            value={draft.deviceId}
            onChange={(deviceId) => onChange({ ...draft, deviceId })}
          />
        ) : (
          <RoomField draft={draft} list={list(catalogue.rooms, say('noRoom'))} onChange={onChange} />
        )}
      </div>
      {service?.modality && <RoomField draft={draft} list={list(catalogue.rooms, say('noRoom'))} onChange={onChange} />}
      <div className={styles.pair}>
        <DateField
          label={say('field.day')}
          locale={locale}
          value={draft.day || null}
          parse={(text) => parseDay(text, today)}
          wrongWords={say('wrong.day')}
          onChange={(day) => onChange({ ...draft, day: day ?? '' })}
        />
        <TimeField
          label={say('field.time')}
          aside={zoneName(startOf(draft, zone) ?? reachedAt(draft.day || today, draft.clock || '12:00', zone), zone)}
          value={draft.clock || null}
          wrongWords={say('wrong.time')}
          error={draft.day && draft.clock && instants.length === 0 ? say('wrong.noSuchTime') : null}
          onChange={(clock) => onChange({ ...draft, clock: clock ?? '' })}
        />
      </div>
      {instants.length > 1 && (
        <div className={styles.twice}>
          <span>{say('twice', { clock: draft.clock })}</span>
          <SegmentedControl
            label={say('twice', { clock: draft.clock })}
            options={instants.map((atUtc, nth) => ({ value: String(nth), label: clockWords(atUtc, zone) }))}
            value={draft.later ? '1' : '0'}
            onChange={(nth) => onChange({ ...draft, later: nth === '1' })}
          />
        </div>
      )}
      {!draft.ownId && (
        <TextField
          label={say('field.note')}
          placeholder={say('optional')}
          value={draft.note}
          maxLength={2000}
          onChange={(note) => onChange({ ...draft, note })}
        />
      )}
    </>
  );
}

function RoomField(part: {
  draft: BookingDraft;
  list: Array<{ value: string; label: string }>;
  onChange: (draft: BookingDraft) => void;
}) {
  const { say } = useWords('scheduling');
  return (
    <Select
      label={say('field.room')}
      options={part.list}
      value={part.draft.roomId}
      onChange={(roomId) => part.onChange({ ...part.draft, roomId })}
    />
  );
}
