import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { sliceLocationMm } from './orientation.ts';
import { isLossy, type Slice } from './slices.ts';
import type { StackState } from './stack-view.ts';
import styles from './viewport-tile.module.css';

/** The four corners: who; when; series, slice, place; window, zoom, form. */
export function Corners(props: {
  who: ReactNode;
  when: ReactNode;
  seriesWords: string;
  slice: Slice | undefined;
  index: number;
  count: number;
  state: StackState | null;
  playingFps: number | null;
  /** What the object has and the picture does not show; empty for nothing. */
  notShown: string;
}) {
  const { t, i18n } = useTranslation('reading');
  const { slice, state } = props;
  const facts = slice?.instance.header;
  const locationMm = facts && sliceLocationMm(facts.imagePosition, facts.imageOrientation);
  const side = [facts?.laterality, facts?.viewPosition].filter(Boolean).join(' ');
  const whole = (value: number): string => Math.round(value).toLocaleString(i18n.language, { useGrouping: false });
  return (
    <>
      <div className={`${styles.corner} ${styles['top-left']}`}>{props.who}</div>
      <div className={`${styles.corner} ${styles['top-right']}`}>{props.when}</div>
      <div className={`${styles.corner} ${styles['bottom-left']}`}>
        <div>
          <bdi>{props.seriesWords}</bdi>
        </div>
        <div>
          {t('corner.image', { at: props.index + 1, of: props.count })}
          {slice && slice.frames > 1 && ` · ${t('corner.frame', { at: slice.frame, of: slice.frames })}`}
          {props.playingFps !== null && ` · ${t('corner.fps', { fps: Math.round(props.playingFps) })}`}
        </div>
        {locationMm != null && <div>{t('corner.location', { mm: locationMm.toFixed(1) })}</div>}
        {side !== '' && <div>{side}</div>}
      </div>
      {state && slice && (
        <div className={`${styles.corner} ${styles['bottom-right']}`}>
          {state.window && !state.isColour && (
            <div data-window="">
              W {whole(state.window.width)} · L {whole(state.window.level)}
              {state.inverted && ` · ${t('corner.inverted')}`}
            </div>
          )}
          {props.notShown !== '' && <div className={styles.warning}>{props.notShown}</div>}
          {state.isFlat && <div className={styles.warning}>{t('corner.flat')}</div>}
          <div>{t('corner.zoom', { zoom: state.zoom.toFixed(2) })}</div>
          <div>
            {state.columns} × {state.rows} ·{' '}
            <span className={isLossy(slice.instance) ? styles.warning : undefined}>
              {t(isLossy(slice.instance) ? 'corner.lossy' : 'corner.notLossy')}
            </span>
          </div>
        </div>
      )}
    </>
  );
}
