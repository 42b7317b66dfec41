import type { ReactNode } from 'react';
import type { PatientPage, TimelineItem } from '../../shared/people/patient-views.ts';
import { officialName, formText } from '../../shared/people/names.ts';
import { go } from '../app/router.ts';
import { useSession } from '../bridge/use-session.ts';
import { showFiledPaper } from '../papers/paper-store.ts';
import { useWords } from '../scheduling/words.ts';
import { Button } from '../ui/button.tsx';
import { formatDay } from '../ui/day-format.ts';
import { Instant, Money, PersonName } from '../ui/values.tsx';
import styles from './people.module.css';

/** One thing that happened: when, what, how it stands. */
export function TimelineRow(part: { item: TimelineItem; homeZone: string; chosen: boolean; onChoose: () => void }) {
  const { say, locale } = useWords('people');
  const { item } = part;
  return (
    <button type="button" className={styles.item} aria-pressed={part.chosen} onClick={part.onChoose}>
      <span>
        <Instant atUtc={item.atUtc} zone={item.zone} homeZone={part.homeZone} locale={locale} as="day-clock" /> ·{' '}
        {say(`kind.${item.kind}`)}
      </span>
      <b>{item.kind === 'document' ? say(`template.${item.title}`) : item.title || say(`kind.${item.kind}`)}</b>
      <span>
        {[item.state && say(`state.${item.state}`), item.byName, item.locationName].filter(Boolean).join(' · ')}
        {item.amountMinor !== null && item.currency !== null && (
          <>
            {' '}
            · <Money amountMinor={item.amountMinor} currency={item.currency} locale={locale} />
          </>
        )}
      </span>
    </button>
  );
}

const Facts = ({ rows }: { rows: ReadonlyArray<readonly [string, ReactNode]> }) => (
  <dl className={styles.facts}>
    {rows
      .filter(([, value]) => value !== '' && value !== null && value !== undefined && value !== false)
      .map(([label, value]) => (
        <div key={label} style={{ display: 'contents' }}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
);

/** The chosen thing, and where to go on with it. */
export function TimelineDetail({
  item,
  patientId,
  homeZone,
}: {
  item: TimelineItem;
  patientId: string;
  homeZone: string;
}) {
  const { say, locale } = useWords('people');
  const { may } = useSession();
  const { encounterId } = item;
  return (
    <>
      <h2>{item.kind === 'document' ? say(`template.${item.title}`) : item.title || say(`kind.${item.kind}`)}</h2>
      <Facts
        rows={[
          [
            say('fact.when'),
            <Instant
              key="when"
              atUtc={item.atUtc}
              zone={item.zone}
              homeZone={homeZone}
              locale={locale}
              as="day-clock"
            />,
          ],
          [say('fact.state'), item.state && say(`state.${item.state}`)],
          [say('fact.by'), item.byName],
          [say('fact.where'), item.locationName],
        ]}
      />
      <div className={styles.formActions}>
        {encounterId && may('charts.view') && (
          <Button onClick={() => go('visit', { encounterId, patientId })}>{say('openVisit')}</Button>
        )}
        {item.kind === 'images' && may('reports.write') && (
          <Button onClick={() => go('read', { studyId: item.id, patientId })}>{say('openImages')}</Button>
        )}
        {item.sha256 !== null && (
          <Button onClick={() => item.sha256 && showFiledPaper(say(`template.${item.title}`), item.sha256)}>
            {say('openPaper')}
          </Button>
        )}
        {item.kind === 'invoice' && may('billing.view') && (
          <Button onClick={() => go('bill', { invoiceId: item.id })}>{say('openInvoice')}</Button>
        )}
      </div>
    </>
  );
}

/** Everything known of the person, where nothing is chosen. */
export function PatientFacts({ page, homeZone }: { page: PatientPage; homeZone: string }) {
  const { say, locale } = useWords('people');
  const { patient } = page;
  const name = officialName(patient);
  const visit = (one: PatientPage['nextVisit']): ReactNode =>
    one && (
      <>
        <Instant atUtc={one.atUtc} zone={one.zone} homeZone={homeZone} locale={locale} as="day-clock" /> · {one.title}
      </>
    );
  return (
    <Facts
      rows={[
        [say('fact.name'), <PersonName key="name" written={formText(name.written)} latin={formText(name.latin)} />],
        [say('fact.reading'), formText(name.phonetic)],
        [say('fact.sex'), say(`sex.${patient.sex}`)],
        [say('fact.birthDate'), patient.birthDate ? formatDay(patient.birthDate, locale) : say('unknown')],
        [say('fact.number'), patient.recordNumber],
        [say('fact.phone'), patient.phones.join(', ')],
        [say('fact.email'), patient.email],
        [say('fact.address'), patient.address],
        [say('fact.language'), patient.language && say(`language.${patient.language}`)],
        [say('fact.identifiers'), patient.identifiers.map((one) => `${one.issuer} ${one.value}`).join(', ')],
        ...patient.relations.map((one, i) => {
          const other = one.patientId ? page.related[one.patientId] : undefined;
          const words = [other?.written ?? one.name, other?.recordNumber, one.phone].filter(Boolean).join(' · ');
          return [`${say(`relation.${one.role}`)}${'\u200b'.repeat(i)}`, words] as const;
        }),
        [
          say('fact.allergies'),
          patient.allergies.map((one) => one.substance).join(', ') || say(`allergy.${patient.allergyState}`),
        ],
        [
          say('fact.balance'),
          page.balance === null
            ? say('unknown')
            : page.balance.length === 0
              ? say('noBalance')
              : page.balance.map((one) => <Money key={one.currency} {...one} locale={locale} />),
        ],
        [say('fact.next'), visit(page.nextVisit)],
        [say('fact.last'), visit(page.lastVisit)],
      ]}
    />
  );
}
