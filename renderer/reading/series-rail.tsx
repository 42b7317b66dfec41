import { FileText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ShownSeries } from '../../shared/imaging/series.ts';
import type { Prior } from '../../shared/imaging/views.ts';
import { SeriesThumbnail } from '../imaging/series-thumbnail.tsx';
import { slicesOf } from '../imaging/slices.ts';
import styles from './viewer.module.css';

export type RailStudy = { studyId: string; title: string; series: readonly ShownSeries[] };

/** The series of the study, then those of an opened prior; a letter says in which viewport a series stands. */
export function SeriesRail(props: {
  studies: readonly RailStudy[];
  priors: readonly { prior: Prior; title: string }[];
  lettersOf: (studyId: string, seriesInstanceUid: string) => string;
  onSeries: (studyId: string, seriesInstanceUid: string) => void;
  onPrior: (studyId: string) => void;
}) {
  const { t } = useTranslation('reading');
  return (
    <div className={styles.series} role="group" aria-label={t('series.title')}>
      {props.studies.map((study) => (
        <section key={study.studyId} aria-label={study.title}>
          <h2>{study.title}</h2>
          {study.series.map((one) => (
            <SeriesButton
              key={one.seriesInstanceUid}
              series={one}
              letters={props.lettersOf(study.studyId, one.seriesInstanceUid)}
              onOpen={() => props.onSeries(study.studyId, one.seriesInstanceUid)}
            />
          ))}
        </section>
      ))}
      {props.priors.map(({ prior, title }) => (
        <button key={prior.studyId} type="button" className={styles.prior} onClick={() => props.onPrior(prior.studyId)}>
          <b>{t('series.prior')}</b>
          <span>{title}</span>
          <span>
            <bdi>{prior.procedure || prior.modality}</bdi> · {prior.imageCount}
          </span>
        </button>
      ))}
    </div>
  );
}

function SeriesButton({ series, letters, onOpen }: { series: ShownSeries; letters: string; onOpen: () => void }) {
  const slices = slicesOf(series);
  const drawn = slices.filter((one) => one.imageId !== null);
  const middle = drawn[Math.floor(drawn.length / 2)]?.imageId ?? null;
  const words = [series.number, series.description || series.modality]
    .filter((one) => one !== null && one !== '')
    .join(' ');
  return (
    <button
      type="button"
      className={styles.thumb}
      data-open={letters !== '' || undefined}
      aria-pressed={letters !== ''}
      onClick={onOpen}
    >
      <span className={styles.picture}>
        {middle === null ? <FileText size={24} aria-hidden="true" /> : <SeriesThumbnail imageId={middle} sizePx={72} />}
        {letters !== '' && <span className={styles.letter}>{letters}</span>}
      </span>
      <span className={styles.thumbWords}>
        <bdi>{words}</bdi>
        <span>{slices.length}</span>
      </span>
    </button>
  );
}
