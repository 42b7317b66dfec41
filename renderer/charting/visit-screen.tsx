import { History } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Repair } from '../../shared/charting/loop-strip.ts';
import type { Visit } from '../../shared/charting/visit-view.ts';
import { displayName } from '../../shared/people/names.ts';
import { currentStep } from '../../shared/waiting-room/schema.ts';
import { minutesBetween } from '../../shared/kernel/time.ts';
import { useHotkey } from '../ui/hotkeys.ts';
import { go, useParams } from '../app/router.ts';
import { useNow } from '../app/use-now.ts';
import { useCommand } from '../bridge/use-command.ts';
import { useDraft } from '../bridge/use-draft.ts';
import { useSession } from '../bridge/use-session.ts';
import { useView } from '../bridge/use-view.ts';
import { Button } from '../ui/button.tsx';
import { formatInstant } from '../ui/instant-format.ts';
import { EmptyState, ErrorState, NotPermitted, Skeleton } from '../ui/states.tsx';
import { StatusWord } from '../ui/status.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { SavedMark } from '../ui/values.tsx';
import { useViolationWords } from '../ui/violation-words.ts';
import { ChartTab } from './chart-tab.tsx';
import { LastTimePanel } from './last-time-panel.tsx';
import { LoopStrip } from './loop-strip.tsx';
import { useVisitSave } from './use-visit-save.ts';
import { emptyDraft, type VisitDraft } from './visit-draft.ts';
import { BillingTab, DocumentsTab, ImagesTab, OrdersTab, ReportTab } from './visit-lists.tsx';
import styles from './visit-screen.module.css';

const parts = ['chart', 'orders', 'images', 'report', 'documents', 'billing'] as const;
type Part = (typeof parts)[number];
const PANEL = 'visit-part';

/** One visit: the loop strip, and below it the chart with what hangs on it. */
export function Screen() {
  const { t } = useTranslation('charting');
  const { encounterId, patientId } = useParams('visit');
  const params = encounterId ? { encounterId, ...(patientId && { patientId }) } : null;
  const view = useView('charting/visit', params);
  if (!encounterId) return <EmptyState title={t('noVisit.title')}>{t('noVisit.why')}</EmptyState>;
  if (view.state === 'not-permitted') return <NotPermitted />;
  if (view.state === 'error')
    return <ErrorState title={t('error.title')} why={t('error.why')} code={view.code} onRetry={view.retry} />;
  if (view.state === 'loading') return <Skeleton isSlow={view.isSlow} rows={10} rowHeightPx={56} />;
  if (!view.value) return <ErrorState title={t('error.title')} why={t('error.notHere')} />;
  return <VisitPage key={encounterId} visit={view.value} />;
}

function VisitPage({ visit }: { visit: Visit }) {
  const { t, i18n } = useTranslation('charting');
  const { encounter, patient, zone } = visit;
  const { part: asked } = useParams('visit');
  const part = parts.find((one) => one === asked) ?? 'chart';
  const { state, may } = useSession();
  const { run } = useCommand();
  const words = useViolationWords();
  const [showsLast, setShowsLast] = useState(false);
  const seen = { [`encounter/${encounter.id}`]: encounter };
  const draft = useDraft<VisitDraft>(`visit/${encounter.id}`, patient.id, emptyDraft, seen);
  const saving = useVisitSave(visit, draft);
  const mayWrite = may('charts.write');
  const name = displayName(patient).written;
  const openPart = (next: Part): void =>
    go('visit', { encounterId: encounter.id, patientId: patient.id, part: next }, { replace: true });
  useHotkey('Ctrl+Enter', t('saveComplete', { name }), () => void saving.save(true), {
    group: t('title'),
    inFields: true,
    enabled: mayWrite,
  });
  useHotkey('Ctrl+S', t('saveOnly'), () => void saving.save(false), {
    group: t('title'),
    inFields: true,
    enabled: mayWrite,
  });
  useHotkey('L', t('last.button'), () => setShowsLast(true), { group: t('title'), enabled: mayWrite });
  const repair = (what: Repair): void => {
    const ids = { patientId: patient.id };
    const order = visit.orders.find((one) => one.order.status === 'cancelled')?.order;
    const study = visit.orders.flatMap((one) => one.studies).at(0)?.study;
    if (what === 'reopen-order' && order)
      void run(
        'orders/set-status',
        { orderId: order.id, status: 'scheduled' },
        { seen: { [`imagingOrder/${order.id}`]: order }, done: t('reopened') },
      );
    else if (what === 'see-held' || what === 'see-scan') go('scan');
    else if (what === 'read') go('read', study ? { ...ids, studyId: study.id } : ids);
    else if (what === 'bill') go('bill', { ...ids, encounterId: encounter.id });
    else go('settings', { part: 'services' });
  };
  return (
    <div className={styles.screen}>
      <div className={styles.page}>
        <LoopStrip steps={visit.steps} zone={zone} onRepair={repair} />
        {visit.held !== 'held' && (
          <p className={styles.unknown} role="status">
            {t(visit.held === 'loading' ? 'held.loading' : 'held.no')}
          </p>
        )}
        <div className={styles.bar}>
          <Tabs label={t('parts')} panelId={PANEL} value={part} onChange={openPart} tabs={useTabs(visit)} />
          <StageNow visit={visit} />
          <Button
            icon={<History size={16} aria-hidden="true" />}
            keyCap="L"
            disabledReason={mayWrite ? null : t('mayNotWrite')}
            onClick={() => setShowsLast(true)}
          >
            {t('last.button')}
          </Button>
          <SavedMark
            failed={draft.failed}
            pending={draft.pending}
            savedAtClock={
              draft.savedAtUtc &&
              formatInstant(draft.savedAtUtc, { zone, locale: i18n.language, as: 'clock', withZone: false })
            }
          />
        </div>
        <div className={styles.body} id={PANEL} role="tabpanel" aria-label={t(`part.${part}`)} tabIndex={-1}>
          {part === 'chart' && draft.state === 'ready' && (
            <ChartTab
              visit={visit}
              draft={draft.body}
              change={draft.change}
              userId={state?.user?.id ?? ''}
              mayWrite={mayWrite}
            />
          )}
          {part === 'orders' && <OrdersTab visit={visit} />}
          {part === 'images' && <ImagesTab visit={visit} />}
          {part === 'report' && <ReportTab visit={visit} />}
          {part === 'documents' && <DocumentsTab visit={visit} />}
          {part === 'billing' && <BillingTab visit={visit} />}
        </div>
        {mayWrite && part === 'chart' && (
          <footer className={styles.foot}>
            <div aria-live="polite">
              {saving.refused.map((one) => (
                <div key={`${one.law}${one.code}`} className={styles.missing}>
                  {words(one)}
                </div>
              ))}
              {saving.missing.map((line) => (
                <div key={line} className={styles.missing}>
                  {line}
                </div>
              ))}
              {saving.missing.length === 0 && saving.refused.length === 0 && t('draftHint')}
            </div>
            <Button
              keyCap="Ctrl+S"
              disabledReason={saving.hasContent ? null : t('nothingTyped')}
              onClick={() => void saving.save(false)}
            >
              {t('saveOnly')}
            </Button>
            <Button
              kind="main"
              size="main"
              keyCap="Ctrl+Enter"
              disabledReason={
                saving.missing.length > 0
                  ? t('missing.title')
                  : saving.isOver && !saving.hasContent
                    ? t('isOver')
                    : null
              }
              onClick={() => void saving.save(true)}
            >
              {t(saving.isOver ? 'saveMore' : 'saveComplete', { name })}
            </Button>
          </footer>
        )}
      </div>
      {showsLast && (
        <LastTimePanel
          patient={patient}
          encounterId={encounter.id}
          zone={zone}
          draft={draft.body}
          onCopy={draft.change}
          onClose={() => setShowsLast(false)}
        />
      )}
    </div>
  );
}

/** The stage with its minutes, and the next one a press away. */
function StageNow({ visit }: { visit: Visit }) {
  const { t } = useTranslation(['charting', 'kit']);
  const nowUtc = useNow(10_000);
  const { run, isRunning } = useCommand();
  const { may } = useSession();
  const { encounter, next } = visit;
  const step = currentStep(encounter);
  const move = (): void => {
    if (!next || isRunning) return;
    const done = t('moved', { name: displayName(visit.patient).written, stage: t(`kit:status.${next}`) });
    void run(
      'waiting-room/move',
      { encounterId: encounter.id, to: next },
      { seen: { [`encounter/${encounter.id}`]: encounter }, done },
    );
  };
  return (
    <>
      <StatusWord status={step.stage}>
        {step.stage === 'completed' ? undefined : t('minutes', { count: minutesBetween(step.atUtc, nowUtc) })}
      </StatusWord>
      {next && next !== 'completed' && (
        <Button disabledReason={may('encounters.move') ? null : t('mayNotMove')} onClick={move}>
          {t('next', { stage: t(`kit:status.${next}`) })}
        </Button>
      )}
    </>
  );
}

function useTabs(visit: Visit): { value: Part; label: string; note?: string | number }[] {
  const { t } = useTranslation('charting');
  const images = visit.orders.flatMap((one) => one.studies).reduce((sum, one) => sum + one.images, 0);
  const notes: Partial<Record<Part, string | number>> = {
    orders: visit.orders.length,
    images,
    documents: visit.documents.length,
    ...(visit.reports[0] && { report: t(`reports.${visit.reports[0].doc.status}`) }),
    ...(visit.invoices && { billing: visit.invoices.length }),
  };
  return parts.map((value) => {
    const note = notes[value];
    return { value, label: t(`part.${value}`), ...(note !== undefined && note !== 0 && { note }) };
  });
}
