import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BillPatient, Credit, InvoiceState, Reckoning } from '../../shared/billing/bill-facts.ts';
import type { BillingVisit } from '../../shared/billing/visit-view.ts';
import { localTime } from '../../shared/kernel/time.ts';
import { usePersonFacts } from '../app/patient/patient-banner.tsx';
import { useNow } from '../app/use-now.ts';
import { useView } from '../bridge/use-view.ts';
import { ErrorState, NotPermitted, Skeleton } from '../ui/states.tsx';
import { PersonName } from '../ui/values.tsx';
import styles from './billing.module.css';
import { DraftInvoice } from './draft-invoice.tsx';
import { InvoiceCard } from './invoice-card.tsx';
import { PaymentCard } from './payment-card.tsx';
import { PaymentList } from './payment-list.tsx';
import { useMoney } from './use-money.ts';

/** Whose bill is opened, so that the station can bring what it lacks of it; where the person works. */
type Opened = { patientId: string | undefined; locationId: string };

/** The bill of one visit: a draft until it is issued, then the invoice with its payments. */
export function VisitBill({ encounterId, patientId, locationId }: { encounterId: string } & Opened) {
  const view = useView('billing/visit', { encounterId, ...(patientId && { patientId }) });
  const { t } = useTranslation('billing');
  if (view.state !== 'ready') return <NotReady view={view} />;
  const visit = view.value;
  if (!visit?.patient) return <ErrorState title={t('error.title')} why={t('error.gone')} />;
  const { standing } = visit;
  const earlier = visit.voided.filter((one) => one.balanceMinor !== 0 || !standing);
  return (
    <BillPage patient={visit.patient} held={visit.held} aside={<VisitFacts visit={visit} />}>
      <div className={styles.column}>
        {standing ? (
          <StandingInvoice
            state={standing}
            patient={visit.patient}
            reckoning={visit.reckoning}
            credits={visit.credits}
            locationId={locationId}
          />
        ) : (
          <DraftInvoice
            key={servicesOf(visit)}
            services={servicesOf(visit)}
            visit={visit}
            patient={visit.patient}
            locationId={locationId}
          />
        )}
        {earlier.map((one) => (
          <InvoiceCard key={one.invoice.id} state={one} patient={visit.patient as BillPatient} />
        ))}
      </div>
      <div className={styles.column}>
        <PaymentList
          states={[...(standing ? [standing] : []), ...visit.voided]}
          patient={visit.patient}
          locationId={locationId}
          reckoning={visit.reckoning}
        />
      </div>
    </BillPage>
  );
}

/** Services that came or got a price meanwhile begin the draft anew; a change of anything else leaves it alone. */
const servicesOf = (visit: BillingVisit): string =>
  visit.services.map((one) => `${one.service.id}×${one.quantity}@${one.service.priceMinor}`).join(' ');

/** An invoice by itself: one that belongs to no visit here, or was taken back. */
export function InvoiceOnly({ invoiceId, patientId, locationId }: { invoiceId: string } & Opened) {
  const view = useView('billing/invoice', { invoiceId, ...(patientId && { patientId }) });
  const { t } = useTranslation('billing');
  if (view.state !== 'ready') return <NotReady view={view} />;
  const bill = view.value;
  if (!bill?.patient) return <ErrorState title={t('error.title')} why={t('error.gone')} />;
  return (
    <BillPage patient={bill.patient} held={bill.held}>
      <div className={styles.column}>
        <StandingInvoice
          state={bill}
          patient={bill.patient}
          reckoning={bill.reckoning}
          credits={bill.credits}
          locationId={locationId}
        />
      </div>
      <div className={styles.column}>
        <PaymentList states={[bill]} patient={bill.patient} locationId={locationId} reckoning={bill.reckoning} />
      </div>
    </BillPage>
  );
}

function StandingInvoice(props: {
  state: InvoiceState;
  patient: BillPatient;
  reckoning: Reckoning;
  credits: readonly Credit[];
  locationId: string;
}) {
  const { state } = props;
  const isOpen = state.balanceMinor > 0 && state.invoice.voidsInvoiceId === null;
  return (
    <>
      <InvoiceCard state={state} patient={props.patient} />
      {isOpen && <PaymentCard key={state.balanceMinor} {...props} />}
    </>
  );
}

function BillPage({
  patient,
  held,
  aside,
  children,
}: {
  patient: BillPatient;
  held: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation('billing');
  const { zone } = useMoney();
  const facts = usePersonFacts();
  const today = localTime(useNow(60_000), zone).day;
  return (
    <>
      <header className={styles.head}>
        <div>
          <h2>
            <PersonName written={patient.name.written} latin={patient.name.latin} />
          </h2>
          <div className={styles.small}>{facts(patient, today)}</div>
        </div>
        {aside}
      </header>
      {held !== 'held' && (
        <p className={styles.unknown} role="status">
          {t(held === 'loading' ? 'held.loading' : 'held.no')}
        </p>
      )}
      <div className={styles.work}>{children}</div>
    </>
  );
}

function VisitFacts({ visit }: { visit: BillingVisit }) {
  const { when } = useMoney();
  const parts = [visit.practitioner, when(visit.encounter.openedAtUtc)].filter((part) => part !== '');
  return (
    <div className={styles.small} style={{ marginInlineStart: 'auto' }}>
      {parts.join(' · ')}
    </div>
  );
}

type Unready = Exclude<ReturnType<typeof useView<'billing/visit'>>, { state: 'ready' }>;

function NotReady({ view }: { view: Unready }) {
  const { t } = useTranslation('billing');
  if (view.state === 'not-permitted') return <NotPermitted />;
  if (view.state === 'error')
    return <ErrorState title={t('error.title')} why={t('error.why')} code={view.code} onRetry={view.retry} />;
  return <Skeleton isSlow={view.isSlow} rows={8} rowHeightPx={48} />;
}
