import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BillPatient } from '../../shared/billing/bill-facts.ts';
import { FREE_DISCOUNT_PERCENT, isLargeDiscount } from '../../shared/billing/rules.ts';
import type { BillingVisit } from '../../shared/billing/visit-view.ts';
import { localTime } from '../../shared/kernel/time.ts';
import { useHotkey } from '../ui/hotkeys.ts';
import { useNow } from '../app/use-now.ts';
import { useCommand } from '../bridge/use-command.ts';
import { useDraft } from '../bridge/use-draft.ts';
import { useSession } from '../bridge/use-session.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Chip } from '../ui/chip.tsx';
import { TextField } from '../ui/text-field.tsx';
import { UnfinishedNote } from '../ui/unfinished-note.tsx';
import { AddService } from './add-service.tsx';
import styles from './billing.module.css';
import type { DraftLine } from './draft-lines.ts';
import { parseDiscount, sumsOf } from './draft-lines.ts';
import { InvoiceSums } from './invoice-sums.tsx';
import { MissingPrice } from './missing-price.tsx';
import { QuantityField } from './quantity-field.tsx';
import { useMoney } from './use-money.ts';

type Props = {
  /** Names the services that the draft began with. */ services: string;
  visit: BillingVisit;
  patient: BillPatient;
  locationId: string;
};

/** The invoice before it is issued: the visit's services with their prices, editable, the total always in sight. */
export function DraftInvoice({ services, visit, patient, locationId }: Props) {
  const { t } = useTranslation('billing');
  const { bare, locale, zone } = useMoney();
  const nowUtc = useNow(60_000);
  const { may } = useSession();
  const { run, isRunning } = useCommand();
  const { currency, rounding } = visit.reckoning;
  const [begins] = useState(() => ({ services, lines: suggested(visit) }));
  const kept = useDraft(`invoice/${visit.encounter.id}`, patient.id, begins, {});
  // Lines of services that are no longer those of the visit are not taken up again.
  const isKept = kept.body.services === services;
  const lines = isKept ? kept.body.lines : begins.lines;
  const setLines = (next: (all: DraftLine[]) => DraftLine[]): void => kept.change({ services, lines: next(lines) });
  const [wrongQuantity, setWrongQuantity] = useState<ReadonlySet<string>>(new Set());
  const unpriced = visit.services.filter((one) => one.line === null);
  const mayCharge = may('billing.charge');
  const discountOf = (line: DraftLine): number | undefined =>
    parseDiscount(line.discountText, line.unitPriceMinor * line.quantity, { currency, locale, rounding });
  const priced = lines.map((line) => ({ ...line, discountMinor: discountOf(line) ?? 0 }));
  const isLarge = priced.some(isLargeDiscount);
  const percent = { percent: FREE_DISCOUNT_PERCENT };
  const [reason, setReason] = useState('');
  const isWrong = wrongQuantity.size > 0 || lines.some((line) => discountOf(line) === undefined);
  const blocked = !mayCharge
    ? t('draft.mayNot')
    : unpriced.length > 0
      ? t('draft.blockedPrice')
      : lines.length === 0
        ? t('draft.blockedEmpty')
        : isWrong
          ? t('draft.blockedLine')
          : isLarge && !may('billing.discount')
            ? t('draft.blockedDiscount', percent)
            : isLarge && reason.trim() === ''
              ? t('draft.blockedReason', percent)
              : isRunning
                ? ''
                : null;
  const change = (key: string, part: Partial<DraftLine>): void =>
    setLines((all) => all.map((line) => (line.key === key ? { ...line, ...part } : line)));
  const issue = async (): Promise<void> => {
    if (blocked !== null) return;
    const input = {
      patientId: patient.id,
      encounterId: visit.encounter.id,
      locationId,
      payerPatientId: null,
      coverage: '',
      lines: priced.map(({ serviceId, quantity, discountMinor }) => ({ serviceId, quantity, discountMinor })),
    };
    const done = t('draft.issued', { number: '' }).trim();
    const answer = await run('billing/issue-invoice', input, {
      seen: {},
      done,
      reason: isLarge ? reason.trim() : null,
    });
    if (answer.ok) await kept.discard();
  };
  useHotkey('Ctrl+Enter', t('draft.issue', { name: patient.name.written }), () => void issue(), {
    group: t('title'),
    inFields: true,
  });
  return (
    <Card title={t('draft.title')} note={<Chip>{t('draft.state')}</Chip>}>
      {kept.restored && isKept && kept.savedAtUtc && (
        <UnfinishedNote
          what="changes"
          name={undefined}
          savedAtUtc={kept.savedAtUtc}
          zone={zone}
          today={localTime(nowUtc, zone).day}
          onContinue={null}
          onDiscard={() => void kept.discard()}
        />
      )}
      {visit.unknownServices > 0 && (
        <p className={styles.unknown} role="status">
          {t('draft.unknown', { count: visit.unknownServices })}
        </p>
      )}
      {unpriced.map(({ service }) => (
        <MissingPrice key={service.id} service={service} pricers={visit.pricers} />
      ))}
      {lines.length === 0 && unpriced.length === 0 ? (
        <p className={styles.padded}>{t('draft.nothing')}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('draft.service')}</th>
              <th scope="col">{t('draft.quantity')}</th>
              <th scope="col" className={styles.number}>
                {t('draft.price')}
              </th>
              <th scope="col">{t('draft.discount')}</th>
              <th scope="col" className={styles.number}>
                {t('draft.amount')}
              </th>
              <td />
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              // A field keeps what is typed in it: lines that come from the disk are fields of their own.
              <tr key={`${line.key} ${kept.restored}`}>
                <td>
                  <div className={styles.serviceName} dir="auto">
                    {line.name}
                  </div>
                  <div className={styles.small}>
                    {line.taxBasisPoints === 0 ? t('sums.taxFree') : `${line.taxName} ${line.taxBasisPoints / 100} %`}
                  </div>
                </td>
                <td className={styles.cellInput}>
                  <QuantityField
                    label={`${t('draft.quantity')}: ${line.name}`}
                    value={line.quantity}
                    readOnly={!mayCharge}
                    onChange={(quantity) => {
                      if (quantity !== null) change(line.key, { quantity });
                      setWrongQuantity(
                        (keys) =>
                          new Set(
                            [...keys].filter((key) => key !== line.key).concat(quantity === null ? [line.key] : []),
                          ),
                      );
                    }}
                  />
                </td>
                <td className={styles.number}>{bare(line.unitPriceMinor, currency)}</td>
                <td className={styles.cellInputWide}>
                  <TextField
                    label={`${t('draft.discount')}: ${line.name}`}
                    labelHidden
                    placeholder={t('draft.discountHint')}
                    value={line.discountText}
                    readOnly={!mayCharge}
                    aria-invalid={discountOf(line) === undefined || undefined}
                    error={discountOf(line) === undefined ? t('draft.discountWrong') : null}
                    onChange={(discountText) => change(line.key, { discountText })}
                  />
                </td>
                <td className={`${styles.number} ${styles.strong}`}>
                  {bare(line.unitPriceMinor * line.quantity - (discountOf(line) ?? 0), currency)}
                </td>
                <td>
                  {mayCharge && (
                    <IconButton
                      size="toolbar"
                      label={t('draft.remove', { name: line.name })}
                      onClick={() => setLines((all) => all.filter((one) => one.key !== line.key))}
                    >
                      <Trash2 size={14} />
                    </IconButton>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {mayCharge && <AddService locationId={locationId} onAdd={(line) => setLines((all) => [...all, line])} />}
      {isLarge && may('billing.discount') && (
        <div className={styles.padded}>
          <TextField
            label={t('draft.discountReason', percent)}
            value={reason}
            onChange={setReason}
            required
            maxLength={500}
          />
        </div>
      )}
      <InvoiceSums sums={sumsOf(priced, rounding)} currency={currency} rounding={rounding} />
      <div className={styles.foot}>
        <Button
          kind="main"
          size="main"
          keyCap="Ctrl+Enter"
          disabledReason={blocked}
          onClick={() => void issue()}
          autoFocus={blocked === null}
        >
          {t('draft.issue', { name: patient.name.written })}
        </Button>
      </div>
    </Card>
  );
}

const suggested = (visit: BillingVisit): DraftLine[] =>
  visit.services.flatMap(({ line }, at) => (line ? [{ ...line, key: String(at), discountText: '' }] : []));
