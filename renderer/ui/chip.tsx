import { CircleHelp, ShieldCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './chip.module.css';

export type ChipTone = 'plain' | 'accent' | 'ok' | 'amber' | 'red' | 'outlined';

/** Icon and words, 20 px (or 24 px `tall`). The tone never stands alone: the words say the fact. */
export function Chip({
  tone = 'plain',
  icon,
  tall = false,
  children,
}: {
  tone?: ChipTone;
  icon?: ReactNode;
  tall?: boolean;
  children: ReactNode;
}) {
  const status = tone === 'ok' || tone === 'amber' || tone === 'red' ? tone : undefined;
  return (
    <span className={styles.chip} data-tone={tone} data-status={status} data-tall={tall || undefined}>
      {icon}
      <span className={styles.words}>{children}</span>
    </span>
  );
}

/** Listed, none known, not asked: three different facts, three looks, never blank. */
export type AllergyFact = { state: 'listed' | 'none_known' | 'not_asked'; substances: readonly string[] };

export function AllergyChip({
  fact,
  tall = false,
  short = false,
}: {
  fact: AllergyFact;
  tall?: boolean;
  short?: boolean;
}) {
  const { t } = useTranslation('kit');
  if (fact.state === 'listed')
    return (
      <Chip tone="red" tall={tall} icon={<TriangleAlert size={14} aria-hidden="true" />}>
        <span className="visually-hidden">{t('allergy.listed')}</span> {fact.substances.join(', ')}
      </Chip>
    );
  if (fact.state === 'none_known')
    return (
      <Chip tone="ok" tall={tall} icon={<ShieldCheck size={14} aria-hidden="true" />}>
        {t(short ? 'allergy.noneShort' : 'allergy.none')}
      </Chip>
    );
  return (
    <Chip tone="outlined" tall={tall} icon={<CircleHelp size={14} aria-hidden="true" />}>
      {t(short ? 'allergy.notAskedShort' : 'allergy.notAsked')}
    </Chip>
  );
}
