import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BillingDesk } from '../../shared/billing/desk-view.ts';
import { useHotkey } from '../ui/hotkeys.ts';
import { go, useParams } from '../app/router.ts';
import { useSession } from '../bridge/use-session.ts';
import { useView } from '../bridge/use-view.ts';
import { EmptyState, ErrorState, NotPermitted, Skeleton } from '../ui/states.tsx';
import styles from './billing.module.css';
import { BillingLists } from './billing-lists.tsx';
import { DayClosePage } from './day-close.tsx';
import { InvoiceOnly, VisitBill } from './visit-bill.tsx';

/** Billing: what is done and not billed, what is unpaid, what came in today; at the right the one that is open. */
export function Screen() {
  const { t } = useTranslation('billing');
  const { state } = useSession();
  const locationId = state?.location?.id;
  const view = useView('billing/desk', locationId ? { locationId } : null);
  if (view.state === 'not-permitted') return <NotPermitted />;
  if (view.state === 'error')
    return (
      <div className={styles.padded}>
        <ErrorState title={t('error.title')} why={t('error.why')} code={view.code} onRetry={view.retry} />
      </div>
    );
  if (view.state === 'loading') return <Skeleton isSlow={view.isSlow} rows={10} rowHeightPx={48} />;
  if (!view.value) return <ErrorState title={t('error.title')} why={t('error.noLocation')} />;
  return <Billing desk={view.value} locationId={locationId ?? ''} />;
}

function Billing({ desk, locationId }: { desk: BillingDesk; locationId: string }) {
  const { t } = useTranslation('billing');
  const params = useParams('bill');
  const [isClosing, setClosing] = useState(false);
  useHotkey('Alt+C', t('closeDay'), () => setClosing(true), { group: t('title'), inFields: true });
  const isEmpty = desk.unbilled.length + desk.unpaid.length + desk.paid.length === 0;
  return (
    <div className={styles.screen}>
      <BillingLists
        desk={desk}
        openId={isClosing ? null : (params.encounterId ?? params.invoiceId ?? null)}
        onOpen={(open) => {
          setClosing(false);
          go('bill', open);
        }}
        onCloseDay={() => setClosing(true)}
      />
      <div className={styles.main}>
        {isClosing ? (
          <DayClosePage
            locationId={locationId}
            today={desk.day}
            unbilled={desk.unbilled.length}
            onLeave={() => setClosing(false)}
          />
        ) : params.encounterId ? (
          <VisitBill
            key={params.encounterId}
            encounterId={params.encounterId}
            patientId={params.patientId}
            locationId={locationId}
          />
        ) : params.invoiceId ? (
          <InvoiceOnly
            key={params.invoiceId}
            invoiceId={params.invoiceId}
            patientId={params.patientId}
            locationId={locationId}
          />
        ) : (
          <div className={styles.padded}>
            <EmptyState title={t(isEmpty ? 'lists.emptyTitle' : 'choose.title')}>
              {t(isEmpty ? 'lists.emptyWhy' : 'choose.why')}
            </EmptyState>
          </div>
        )}
      </div>
    </div>
  );
}
