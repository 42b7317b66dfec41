import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { CatalogueView } from '../../shared/scheduling/booking-views.ts';
import { addDays, minutesBetween } from '../../shared/kernel/time.ts';
import type { DayView } from '../../shared/scheduling/day-views.ts';
import type { ResourceKind } from '../../shared/scheduling/schema.ts';
import type { SavedDraft } from '../../shared/ipc/contract.ts';
import { useHotkey } from '../ui/hotkeys.ts';
import { useSession } from '../bridge/use-session.ts';
import { useUnfinished } from '../bridge/use-unfinished.ts';
import { Button } from '../ui/button.tsx';
import { clockWords } from '../../shared/kernel/clock-words.ts';
import { showToast } from '../ui/toast-store.ts';
import { AppointmentPanel } from './appointment-panel.tsx';
import type { BlockDeed } from './block-panel.tsx';
import { BlockPanel } from './block-panel.tsx';
import type { BookingDraft } from './booking-draft.ts';
import { blankBooking, draftOf, withResource } from './booking-draft.ts';
import { createAxis, wallTimeOf } from './day-axis.ts';
import { DayGrid } from './day-grid.tsx';
import type { Ghost } from './ghosts.ts';
import { movingGhosts } from './ghosts.ts';
import type { Cursor, PlacedBlock, Show } from './grid-model.ts';
import { gridColumns, hoursOf, startCursor, statusOf } from './grid-model.ts';
import { GridKeysHint } from './grid-keys-hint.tsx';
import { MonthCalendar } from './month-calendar.tsx';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import type { Span } from './schedule-toolbar.tsx';
import { ScheduleToolbar } from './schedule-toolbar.tsx';
import styles from './schedule-screen.module.css';
import { ShowFilters } from './show-filters.tsx';
import { UnfinishedBooking } from './unfinished-booking.tsx';
import { useBlockCommands } from './use-block-commands.ts';
import { useGridKeys } from './use-grid-keys.ts';
import { useMoveCommand } from './use-move-command.ts';
import { useWords } from './words.ts';

/** `begins` is the booking as the panel opened with it: while it is that, there is nothing to keep. */
type DraftPanel = { kind: 'draft'; key: string; begins: BookingDraft; draft: BookingDraft; typed: string };
type Panel = DraftPanel | { kind: 'block'; id: string } | null;

export type ScheduleDayPart = {
  view: DayView;
  catalogue: CatalogueView;
  day: string;
  today: string;
  nowUtc: string;
  span: Span;
  /** The palette brought a patient (or nobody yet) to be booked. */
  startPatientId: string | undefined;
  /** The deed of the palette is under way: the address forgets it, so that it can be asked again. */
  onStarted: () => void;
  onDay: (day: string) => void;
  onSpan: (span: Span) => void;
};

/** Month and filters, the grid, and one thing in detail at the side. */
export function ScheduleDay(part: ScheduleDayPart) {
  const { say } = useWords('scheduling');
  const { may } = useSession();
  const { view, catalogue, day, today, nowUtc } = part;
  const zone = view.location.zone;
  const [kind, setKind] = useState<ResourceKind>('practitioner');
  const [show, setShow] = useState<Show>({ hidden: new Set(), cancelled: true, noShows: true });
  const [panel, setPanel] = useState<Panel>(null);
  const [ghosts, setGhosts] = useState<Ghost[]>([]);
  const [cancelling, setCancelling] = useState<PlacedBlock['block'] | null>(null);
  const dragged = useRef<PlacedBlock | null>(null);
  const commands = useBlockCommands();
  const axis = useMemo(() => createAxis(view.days, zone), [view.days, zone]);
  const columns = gridColumns(view, axis, kind, show);
  const hours = hoursOf(view, axis);
  const [cursor, setCursor] = useState<Cursor>(() => startCursor(nowUtc, zone, axis, hours));
  const safeCursor = { column: Math.min(cursor.column, Math.max(0, columns.length - 1)), minute: cursor.minute };
  const showGhosts = useCallback((next: Ghost[]) => setGhosts(next), []);
  const draftPrefix = `booking/${view.location.id}/`;
  const unfinished = useUnfinished(draftPrefix);
  const openDraft = (begins: BookingDraft, typed = ''): void =>
    setPanel({ kind: 'draft', key: draftPrefix + crypto.randomUUID(), begins, draft: begins, typed });
  const move = useMoveCommand(view, openDraft);

  const draftAt = (at: Cursor, patientId: string | null): BookingDraft => {
    const column = columns[at.column];
    const first = catalogue.practitioners[0]?.id ?? '';
    const blank = blankBooking(column?.day ?? day, axis.wallAt(at.minute), first, patientId);
    if (!column) return blank;
    const draft = withResource(blank, column.resourceKind, column.resourceId);
    if (column.resourceKind !== 'device') return draft;
    const modality = catalogue.devices.find((one) => one.id === column.resourceId)?.modality;
    const service = catalogue.services.find((one) => one.modality === modality);
    return service ? { ...draft, serviceId: service.id, durationMin: service.durationMin } : draft;
  };
  const openNew = (at: Cursor, typed: string, patientId: string | null = null): void => {
    if (!may('appointments.book')) return;
    setCursor(at);
    openDraft(draftAt(at, patientId), typed);
  };
  const goOn = (saved: SavedDraft): void => {
    const begins = draftAt(safeCursor, null);
    const draft = { ...begins, ...saved.body };
    unfinished.take(saved.key);
    setPanel({ kind: 'draft', key: saved.key, begins, draft, typed: '' });
    if (draft.day && !view.days.includes(draft.day)) part.onDay(draft.day);
  };
  const close = (left: DraftPanel): void => {
    setPanel(null);
    if (left.draft !== left.begins) showToast({ words: say('putAway'), undo: () => setPanel(left) });
  };
  const startBooking = useEffectEvent((patientId: string) => {
    openNew(safeCursor, '', patientId || null);
    part.onStarted();
  });
  useEffect(() => {
    if (part.startPatientId !== undefined) startBooking(part.startPatientId);
  }, [part.startPatientId]);

  const blockOf = (id: string) => view.blocks.find((one) => one.appointment.id === id);
  const doDeed = (deed: BlockDeed, block: PlacedBlock['block']): void => {
    if (deed === 'arrive') void commands.arrive(block);
    else if (deed === 'noShow') void commands.noShow(block);
    else if (deed === 'cancel') setCancelling(block);
    else if (deed !== 'move') void commands.toStage(block, deed);
    else if (block.appointment.status === 'booked' && !block.encounter)
      keys.startMoving(draftOf(block.appointment, zone), block.appointment);
    if (deed === 'move') setPanel(null);
  };
  const keys = useGridKeys({
    columns,
    axis,
    hours,
    cursor: safeCursor,
    onCursor: setCursor,
    onNew: openNew,
    onOpen: ({ block }) => setPanel({ kind: 'block', id: block.appointment.id }),
    onDeed: (deed, { block }) => doDeed(deed, block),
    onUndo: () => void commands.undoLast(),
    onMoved: (draft) => void move(draft),
  });
  const step = (direction: 1 | -1): void => {
    const next = addDays(day, direction * (part.span === '7' ? 7 : 1));
    if (keys.moving) keys.startMoving({ ...keys.moving, day: next });
    part.onDay(next);
  };
  const group = say('keys.group');
  useHotkey('Alt+ArrowLeft', say('dayBack'), () => step(-1), { group, inFields: true });
  useHotkey('Alt+ArrowRight', say('dayOn'), () => step(1), { group, inFields: true });
  useHotkey('Alt+T', say('today'), () => part.onDay(today), { group, inFields: true });
  useHotkey('Alt+N', say('panel.new'), () => openNew(safeCursor, ''), { group, inFields: true });

  const open = panel?.kind === 'block' ? blockOf(panel.id) : undefined;
  const unplaced = view.blocks.filter((one) => statusOf(one) === 'unplaced');
  const allGhosts = keys.moving ? movingGhosts(keys.moving, zone, say('ghost.moving')) : ghosts;
  return (
    <div className={styles.screen}>
      <aside className={styles.side} aria-label={say('side')}>
        <MonthCalendar locationId={view.location.id} day={day} onDay={part.onDay} />
        <ShowFilters view={view} kind={kind} show={show} onShow={setShow} />
        <GridKeysHint moving={keys.moving !== null} />
      </aside>
      <div className={styles.main}>
        <ScheduleToolbar
          locationId={view.location.id}
          day={day}
          span={part.span}
          kind={kind}
          onToday={() => part.onDay(today)}
          onStep={step}
          onSpan={part.onSpan}
          onKind={setKind}
        />
        {view.held !== 'held' && (
          <p className={styles.notice} role="status">
            {say(`held.${view.held}`)}
          </p>
        )}
        {panel === null &&
          unfinished.drafts.map((saved) => (
            <UnfinishedBooking
              key={saved.key}
              saved={saved}
              zone={zone}
              today={today}
              onContinue={() => goOn(saved)}
              onDiscard={() => unfinished.forget(saved.key)}
            />
          ))}
        {unplaced.length > 0 && (
          <section className={styles.strip} aria-label={say('unplaced.label')}>
            <b>{say('unplaced.title', { count: unplaced.length })}</b>
            {unplaced.map((one) => (
              <Button key={one.appointment.id} size="toolbar" onClick={() => openDraft(draftOf(one.appointment, zone))}>
                {say('unplaced.place', {
                  name: one.patient.written,
                  clock: clockWords(one.appointment.startsAtUtc, zone),
                  service: one.service.name,
                })}
              </Button>
            ))}
          </section>
        )}
        <DayGrid
          columns={columns}
          days={view.days}
          axis={axis}
          hours={hours}
          zone={zone}
          nowUtc={nowUtc}
          quarterPx={quarterPx()}
          unknown={view.held !== 'held'}
          cursor={safeCursor}
          takesFocus={panel === null && cancelling === null}
          ghosts={allGhosts}
          onKeyDown={keys.onKeyDown}
          onCursor={setCursor}
          onNew={(at) => openNew(at, '')}
          onOpen={({ block }) => setPanel({ kind: 'block', id: block.appointment.id })}
          onDragBlock={(placed) => {
            dragged.current = placed;
          }}
          onDrop={(at) => {
            const column = columns[at.column];
            if (!dragged.current || !column) return;
            const draft = draftOf(dragged.current.block.appointment, zone);
            void move({
              ...withResource(draft, column.resourceKind, column.resourceId),
              day: column.day,
              ...axis.wallAt(at.minute),
            });
            setCursor(at);
          }}
          onResized={({ block }, toUtc) =>
            void move({
              ...draftOf(block.appointment, zone),
              durationMin: minutesBetween(block.appointment.startsAtUtc, toUtc),
            })
          }
        />
      </div>
      {panel?.kind === 'draft' && (
        <AppointmentPanel
          key={panel.key}
          draftKey={panel.key}
          begins={panel.begins}
          draft={panel.draft}
          initialText={panel.typed}
          view={view}
          catalogue={catalogue}
          today={today}
          onChange={(draft) => setPanel({ ...panel, draft })}
          onGhosts={showGhosts}
          onSaved={(startsAtUtc) => {
            const { day: onDay, ...wall } = wallTimeOf(startsAtUtc, zone);
            const { practitionerId, roomId, deviceId } = panel.draft;
            const booked = [practitionerId, roomId, deviceId];
            const column = columns.findIndex(
              (one) => booked.includes(one.resourceId) && (one.day === onDay || !view.days.includes(onDay)),
            );
            setPanel(null);
            // The place of the keyboard goes to the booking: the next key is for it.
            const minute = axis.minuteAt(wall) ?? safeCursor.minute;
            setCursor({ column: column < 0 ? safeCursor.column : column, minute });
            if (!view.days.includes(onDay)) part.onDay(onDay);
          }}
          onClose={() => close(panel)}
        />
      )}
      {open && (
        <BlockPanel
          block={open}
          view={view}
          today={today}
          onDeed={(deed) => doDeed(deed, open)}
          onClose={() => setPanel(null)}
        />
      )}
      {cancelling && (
        <ReasonDialog
          title={say('cancelTitle', { name: cancelling.patient.written })}
          doIt={say('deed.cancel', { name: cancelling.patient.written })}
          onReason={(reason) => {
            setCancelling(null);
            void commands.cancel(cancelling, reason);
          }}
          onClose={() => setCancelling(null)}
        />
      )}
    </div>
  );
}

const quarterPx = (): number =>
  Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--quarter-hour')) || 20;
