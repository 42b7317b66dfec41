import type { KeyboardEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { CatalogueView } from '../../shared/scheduling/booking-views.ts';
import { localTime } from '../../shared/kernel/time.ts';
import type { DayBlock, DayView } from '../../shared/scheduling/day-views.ts';
import { isTextPlace } from '../ui/hotkeys.ts';
import { useCommand } from '../bridge/use-command.ts';
import { useDraft } from '../bridge/use-draft.ts';
import { useSession } from '../bridge/use-session.ts';
import { useView } from '../bridge/use-view.ts';
import { PatientField } from '../people/patient-field.tsx';
import { PatientForm } from '../people/patient-form.tsx';
import { Button } from '../ui/button.tsx';
import { clockWords } from '../../shared/kernel/clock-words.ts';
import { ConflictNote } from '../ui/conflict-note.tsx';
import { SidePanel } from '../ui/side-panel.tsx';
import type { Violation } from '../../shared/kernel/violation.ts';
import type { BookingDraft } from './booking-draft.ts';
import { freeTimesParams, saveCall, startOf } from './booking-draft.ts';
import { BookingFields } from './booking-fields.tsx';
import { dayWords } from './day-words.ts';
import type { Ghost } from './ghosts.ts';
import { draftGhosts } from './ghosts.ts';
import styles from './appointment-panel.module.css';
import { PatientCard } from './patient-card.tsx';
import { useRefusalWords } from './refusal-words.ts';
import { useWords } from './words.ts';

export type PanelPart = {
  /** Names what is typed here on disk. */
  draftKey: string;
  begins: BookingDraft;
  draft: BookingDraft;
  /** What was typed on the grid, or brought from the palette. */
  initialText: string;
  view: DayView;
  catalogue: CatalogueView;
  today: string;
  onChange: (draft: BookingDraft) => void;
  onGhosts: (ghosts: Ghost[]) => void;
  onSaved: (startsAtUtc: string) => void;
  onClose: () => void;
};

/** A new appointment, or one that is moved: conflicts while choosing, in words; the main button says the time it will really book. */
export function AppointmentPanel(part: PanelPart) {
  const { say, locale } = useWords('scheduling');
  const { draft, view, catalogue, onChange, onGhosts } = part;
  const zone = catalogue.location.zone;
  const locationId = catalogue.location.id;
  const { run, isRunning } = useCommand();
  const { may } = useSession();
  const [foundBy, setFoundBy] = useState('');
  const [registering, setRegistering] = useState<string | null>(null);
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const [refused, setRefused] = useState<readonly Violation[]>([]);
  const body = useRef<HTMLDivElement>(null);
  const block = view.blocks.find((one) => one.appointment.id === draft.ownId);
  const shown = block ? { [`appointment/${block.appointment.id}`]: block.appointment } : {};
  const kept = useDraft(part.draftKey, draft.patientId, part.begins, shown);
  const keep = kept.change;
  useEffect(() => {
    if (draft !== part.begins) keep(draft);
  }, [draft, part.begins, keep]);
  const forget = (): void => void kept.discard();
  const params = freeTimesParams(draft, locationId, zone);
  const answer = useView('scheduling/free-times', params);
  const banner = useView('people/banner', draft.patientId ? { patientId: draft.patientId } : null);
  const patient = banner.state === 'ready' ? banner.value : null;
  const free = answer.state === 'ready' ? answer.value : null;
  const words = useRefusalWords(zone);
  const against = free?.violations ?? [];
  const chosen = free?.next.find((one) => one.startsAtUtc === chosenKey) ?? free?.next[0];
  const startsAtUtc = against.length > 0 ? chosen?.startsAtUtc : free?.slot.startsAtUtc;

  const isRefused = against.length > 0;
  const freeFromUtc = isRefused ? (chosen?.startsAtUtc ?? null) : null;
  const ownStartUtc = startOf(draft, zone);
  const ownClock = ownStartUtc ? clockWords(ownStartUtc, zone) : draft.clock;
  const name = patient?.name.written;
  useEffect(() => {
    const own = name ?? say(isRefused ? 'ghost.refused' : 'ghost.new');
    onGhosts(draftGhosts(draft, zone, isRefused, freeFromUtc, { own, free: say('ghost.free') }));
  }, [draft, freeFromUtc, zone, isRefused, name, say, onGhosts]);
  useEffect(() => () => onGhosts([]), [onGhosts]);

  const save = async (atUtc: string | undefined, reason: string | null): Promise<void> => {
    if (!atUtc || !draft.patientId || isRunning) return;
    const call = saveCall(draft, locationId, atUtc);
    const when = `${dayWords(localTime(atUtc, zone).day, locale, 'short')} ${clockWords(atUtc, zone)}`;
    const done = say(draft.ownId ? 'done.moved' : 'done.booked', { name: patient?.name.written ?? '', when });
    const result = await run(call.name, call.input, { seen: kept.seen, reason, done, refusal: 'inline' });
    if (!result.ok) return setRefused(result.violations);
    forget();
    part.onSaved(atUtc);
  };

  const takePatient = (patientId: string, text: string): void => {
    setFoundBy(text);
    setRegistering(null);
    onChange({ ...draft, patientId });
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>('select')?.focus());
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (registering !== null || event.defaultPrevented) return;
    const digit = /^Digit([123])$/.exec(event.code)?.[1];
    const free_ = against.length > 0 && digit ? free?.next[Number(digit) - 1] : undefined;
    const isText = isTextPlace(event.target) && !(event.target instanceof HTMLSelectElement);
    if (free_ && (event.altKey || !isText)) {
      event.preventDefault();
      setChosenKey(free_.startsAtUtc);
    } else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement) && !inForm(event.target)) {
      event.preventDefault();
      void save(startsAtUtc, null);
    }
  };

  const missing = !draft.patientId
    ? say('missing.patient')
    : !draft.serviceId
      ? say('missing.service')
      : !draft.practitionerId
        ? say('missing.practitioner')
        : !draft.day
          ? say('missing.day')
          : startsAtUtc
            ? null
            : say(draft.day && draft.clock && !ownStartUtc ? 'missing.noSuchTime' : 'missing.time', {
                clock: draft.clock,
              });
  const day = startsAtUtc ? localTime(startsAtUtc, zone).day : '';
  const whenWords = startsAtUtc
    ? `${day === part.today ? say('today') : dayWords(day, locale, 'short')} ${clockWords(startsAtUtc, zone)}`
    : '';
  const doctor = catalogue.practitioners.find((one) => one.id === draft.practitionerId)?.name;
  const device = catalogue.devices.find((one) => one.id === draft.deviceId)?.name;
  const withWhom = [doctor, device].filter(Boolean).join(say('and'));

  return (
    <SidePanel
      title={say(draft.ownId ? 'panel.move' : 'panel.new')}
      onClose={() => {
        forget();
        part.onClose();
      }}
      footer={
        registering === null ? (
          <>
            {patient && <p className={styles.books}>{say('books', { name: patient.name.written, with: withWhom })}</p>}
            <Button
              kind="main"
              size="main"
              wide
              keyCap="Enter"
              disabledReason={missing}
              onClick={() => void save(startsAtUtc, null)}
            >
              {missing ?? say(draft.ownId ? 'move' : 'book', { when: whenWords })}
            </Button>
          </>
        ) : undefined
      }
    >
      <div ref={body} className={styles.body} onKeyDown={onKeyDown}>
        {registering !== null ? (
          <PatientForm
            initialName={registering}
            today={part.today}
            onSaved={(patientId) => takePatient(patientId, '')}
            onSamePerson={(patientId) => takePatient(patientId, registering)}
            onCancel={() => setRegistering(null)}
          />
        ) : (
          <>
            {patient ? (
              <PatientCard
                patient={patient}
                today={part.today}
                foundBy={foundBy}
                onClear={draft.ownId ? null : () => onChange({ ...draft, patientId: null })}
              />
            ) : (
              !draft.patientId && (
                <PatientField
                  today={part.today}
                  initialText={part.initialText}
                  autoFocus
                  onTake={(hit, text) => takePatient(hit.patientId, text)}
                  onNew={may('patients.register') ? setRegistering : undefined}
                />
              )
            )}
            <BookingFields {...part} blocks={view.blocks as DayBlock[]} />
            {free && free.held !== 'held' && <p className={styles.unknown}>{say(`held.${free.held}`)}</p>}
            {against.length > 0 && (
              <ConflictNote
                title={say('notPossible', { clock: ownClock })}
                reasons={against.map(words)}
                freeTimesLabel={say(free?.next.length ? 'nextFree' : 'noneFree')}
                freeTimes={(free?.next ?? []).map((one) => freeTime(one.startsAtUtc, zone, part.today, locale, say))}
                chosenKey={chosen?.startsAtUtc ?? null}
                onChoose={setChosenKey}
                override={
                  free?.mayOverride && draft.patientId
                    ? {
                        label: say('override', { clock: ownClock }),
                        onConfirm: (reason) => void save(free.slot.startsAtUtc, reason),
                      }
                    : null
                }
              />
            )}
            {refused.length > 0 && <Refused violations={refused} zone={zone} />}
          </>
        )}
      </div>
    </SidePanel>
  );
}

function Refused({ violations, zone }: { violations: readonly Violation[]; zone: string }) {
  const words = useRefusalWords(zone);
  const names = { resource: '', patient: '', location: '', locationZone: '' };
  return (
    <ul className={styles.refused} role="alert">
      {violations.map((one) => (
        <li key={one.code}>{words({ ...one, code: one.code, names })}</li>
      ))}
    </ul>
  );
}

const inForm = (target: EventTarget): boolean => target instanceof Element && target.closest('form') !== null;

function freeTime(atUtc: string, zone: string, today: string, locale: string, say: (key: string) => string) {
  const { day } = localTime(atUtc, zone);
  const dayName = day === today ? say('today') : dayWords(day, locale, 'short');
  return { key: atUtc, day: dayName, clock: clockWords(atUtc, zone) };
}
