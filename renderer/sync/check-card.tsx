import { Check, CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CheckAnswer } from '../bridge/station-answers.ts';
import { Card } from '../ui/card.tsx';
import { Chip } from '../ui/chip.tsx';
import { List, ListRow } from '../ui/list.tsx';

/** What the loud checks found, faults first. */
export function CheckCard({ answer }: { answer: CheckAnswer }) {
  const { t } = useTranslation('sync');
  const faults = answer.checks.filter((one) => !one.ok).length;
  const checks = answer.checks.toSorted((a, b) => Number(a.ok) - Number(b.ok));
  return (
    <Card title={t('check.title')} note={t('safety.faults', { count: faults })} tone={faults > 0 ? 'red' : 'ok'}>
      <List>
        {checks.map((one) => (
          <ListRow
            key={one.name}
            title={one.name}
            {...(one.detail !== '' && { second: one.detail })}
            middle={
              one.ok ? (
                <Chip tone="ok" icon={<Check size={14} aria-hidden="true" />}>
                  {t('check.good')}
                </Chip>
              ) : (
                <Chip tone="red" icon={<CircleAlert size={14} aria-hidden="true" />}>
                  {t('check.fault')}
                </Chip>
              )
            }
          />
        ))}
      </List>
    </Card>
  );
}
