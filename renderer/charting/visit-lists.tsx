import { FileText, ImageIcon, Receipt, ScanLine } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Visit } from '../../shared/charting/visit-view.ts';
import { formatMoney } from '../../shared/kernel/money-format.ts';
import { go } from '../app/router.ts';
import { useSession } from '../bridge/use-session.ts';
import { showFiledPaper } from '../papers/paper-store.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Chip } from '../ui/chip.tsx';
import { formatInstant } from '../ui/instant-format.ts';
import { IconTile, List, ListRow } from '../ui/list.tsx';
import { EmptyState } from '../ui/states.tsx';

function useClock(zone: string): (atUtc: string) => string {
  const { i18n } = useTranslation('charting');
  return (atUtc) => formatInstant(atUtc, { zone, locale: i18n.language, as: 'day-clock', withZone: false });
}

/** The imaging orders of the visit. */
export function OrdersTab({ visit }: { visit: Visit }) {
  const { t } = useTranslation('charting');
  const clock = useClock(visit.zone);
  if (visit.orders.length === 0) return <EmptyState title={t('orders.none')}>{t('orders.noneWhy')}</EmptyState>;
  return (
    <Card title={t('part.orders')}>
      <List label={t('part.orders')}>
        {visit.orders.map(({ order, deviceName, studies }) => (
          <ListRow
            key={order.id}
            mark={
              <IconTile>
                <ScanLine size={16} />
              </IconTile>
            }
            title={order.procedure}
            second={[deviceName, order.accessionNumber, order.question].filter(Boolean).join(' · ')}
            middle={order.urgent ? <Chip tone="red">{t('orders.urgent')}</Chip> : undefined}
            aside={t(`orders.${order.status}`)}
            asideSecond={`${clock(order.scheduledAtUtc)} · ${t('images', { count: studies.reduce((sum, one) => sum + one.images, 0) })}`}
          />
        ))}
      </List>
    </Card>
  );
}

/** The studies that came, each with its way to the reading screen. */
export function ImagesTab({ visit }: { visit: Visit }) {
  const { t } = useTranslation('charting');
  const { may } = useSession();
  const clock = useClock(visit.zone);
  const studies = visit.orders.flatMap((one) =>
    one.studies.map((study) => ({ ...study, procedure: one.order.procedure })),
  );
  if (studies.length === 0) return <EmptyState title={t('imagesNone.title')}>{t('imagesNone.why')}</EmptyState>;
  return (
    <Card title={t('part.images')}>
      <List label={t('part.images')}>
        {studies.map(({ study, images, lastImageAtUtc, procedure }) => (
          <ListRow
            key={study.id}
            mark={
              <IconTile>
                <ImageIcon size={16} />
              </IconTile>
            }
            title={procedure}
            second={[
              t('images', { count: images }),
              lastImageAtUtc ? t('lastImage', { clock: clock(lastImageAtUtc) }) : '',
            ]
              .filter(Boolean)
              .join(' · ')}
            middle={
              study.state === 'held' ? (
                <Chip tone="red">{t('studyHeld')}</Chip>
              ) : (
                study.marks.map((mark) => (
                  <Chip key={mark} tone="amber">
                    {t(`mark.${mark}`)}
                  </Chip>
                ))
              )
            }
            aside={
              <Button
                size="toolbar"
                disabledReason={may('reports.write') && study.state === 'linked' ? null : t('mayNotRead')}
                onClick={() => go('read', { studyId: study.id, patientId: visit.patient.id })}
              >
                {t('openReading', { procedure })}
              </Button>
            }
          />
        ))}
      </List>
    </Card>
  );
}

/** Reports of the visit, preliminary and final. */
export function ReportTab({ visit }: { visit: Visit }) {
  const { t } = useTranslation('charting');
  const { may } = useSession();
  const clock = useClock(visit.zone);
  if (visit.reports.length === 0)
    return (
      <EmptyState title={t('reports.none')}>{t(visit.held === 'held' ? 'reports.noneWhy' : 'notHeld')}</EmptyState>
    );
  return (
    <Card title={t('part.report')}>
      <List label={t('part.report')}>
        {visit.reports.map(({ doc, authorName }) => (
          <ListRow
            key={doc.id}
            mark={
              <IconTile>
                <FileText size={16} />
              </IconTile>
            }
            title={<span dir="auto">{doc.impression || doc.findings || t('reports.empty')}</span>}
            second={[authorName, clock(doc.finalizedAtUtc ?? doc.savedAtUtc), doc.documentNumber]
              .filter(Boolean)
              .join(' · ')}
            middle={<Chip tone={doc.status === 'final' ? 'ok' : 'amber'}>{t(`reports.${doc.status}`)}</Chip>}
            aside={
              <Button
                size="toolbar"
                disabledReason={may('reports.write') ? null : t('mayNotRead')}
                onClick={() => go('read', { studyId: doc.studyId, patientId: visit.patient.id })}
              >
                {t('reports.open')}
              </Button>
            }
          />
        ))}
      </List>
    </Card>
  );
}

/** Finalized PDFs. */
export function DocumentsTab({ visit }: { visit: Visit }) {
  const { t } = useTranslation('charting');
  const clock = useClock(visit.zone);
  if (visit.documents.length === 0)
    return <EmptyState title={t('documents.none')}>{t('documents.noneWhy')}</EmptyState>;
  return (
    <Card title={t('part.documents')}>
      <List label={t('part.documents')}>
        {visit.documents.map((one) => (
          <ListRow
            key={one.id}
            mark={
              <IconTile>
                <FileText size={16} />
              </IconTile>
            }
            title={t(`documents.${one.template}`)}
            second={`${clock(one.madeAtUtc)} · ${one.locale}`}
            middle={
              <Button size="toolbar" onClick={() => showFiledPaper(t(`documents.${one.template}`), one.sha256)}>
                {t('documents.open')}
              </Button>
            }
          />
        ))}
      </List>
    </Card>
  );
}

/** Invoices of the visit and what is still owed; the cashier's screen does the rest. */
export function BillingTab({ visit }: { visit: Visit }) {
  const { t, i18n } = useTranslation('charting');
  const { may } = useSession();
  const clock = useClock(visit.zone);
  const open = (
    <Button
      size="toolbar"
      disabledReason={may('billing.view') ? null : t('mayNotBill')}
      onClick={() => go('bill', { encounterId: visit.encounter.id, patientId: visit.patient.id })}
    >
      {t('billing.open')}
    </Button>
  );
  if (!visit.invoices || visit.invoices.length === 0)
    return (
      <EmptyState title={t(visit.invoices ? 'billing.none' : 'billing.hidden')} action={open}>
        {t('billing.services', { count: visit.services.length })}
      </EmptyState>
    );
  return (
    <Card title={t('part.billing')} aside={open}>
      <List label={t('part.billing')}>
        {visit.invoices.map(({ invoice, balanceMinor, isVoided }) => (
          <ListRow
            key={invoice.id}
            mark={
              <IconTile>
                <Receipt size={16} />
              </IconTile>
            }
            title={invoice.number}
            second={clock(invoice.issuedAtUtc)}
            middle={
              isVoided ? (
                <Chip>{t('billing.voided')}</Chip>
              ) : balanceMinor > 0 ? (
                <Chip tone="amber">
                  {t('billing.owed', { amount: formatMoney(balanceMinor, invoice.currency, i18n.language) })}
                </Chip>
              ) : (
                <Chip tone="ok">{t('billing.paid')}</Chip>
              )
            }
            aside={formatMoney(invoice.totalMinor, invoice.currency, i18n.language)}
          />
        ))}
      </List>
    </Card>
  );
}
