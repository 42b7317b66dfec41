import { useCallback, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Measurement } from '../../shared/imaging/schema.ts';
import type { ShownSeries } from '../../shared/imaging/series.ts';
import type { StudyView } from '../../shared/imaging/views.ts';
import { displayName } from '../../shared/people/names.ts';
import { usePersonFacts } from '../app/patient/patient-banner.tsx';
import { lengthWords } from '../imaging/length-words.ts';
import type { DrawnLine } from '../imaging/measure-layer.tsx';
import { type Slice, slicesOf } from '../imaging/slices.ts';
import type { DraftLine, ViewerTool } from '../imaging/tile-input.ts';
import { type TileHandle, ViewportTile } from '../imaging/viewport-tile.tsx';
import { EmptyState } from '../ui/states.tsx';
import { formatInstant } from '../ui/instant-format.ts';
import { toBanner } from './banner-of.ts';
import { type Placed, placeSeries, type ViewerAction, type ViewerState } from './viewer-state.ts';
import styles from './viewer.module.css';

type Shared = {
  studies: readonly StudyView[];
  tool: ViewerTool;
  zone: string;
  today: string;
  dispatch: (action: ViewerAction) => void;
  onMeasured: (studyId: string, slice: Slice, line: DraftLine) => void;
  onHandle: (tile: number, handle: TileHandle | null) => void;
};

/** The viewports, one, two or four; an empty one says how it is filled. */
export function ViewerGrid(props: Shared & { viewer: ViewerState }) {
  const { t } = useTranslation('reading');
  return (
    <div className={styles.grid} data-layout={props.viewer.layout}>
      {props.viewer.placed.map((placed, tile) => {
        const view = placed && props.studies.find((one) => one.study?.id === placed.studyId);
        const series = view?.series.find((one) => one.seriesInstanceUid === placed?.seriesInstanceUid);
        return placed && view && series ? (
          <PlacedTile
            // oxlint-disable-next-line react/no-array-index-key -- a viewport is its place
            key={tile}
            {...props}
            tile={tile}
            placed={placed}
            view={view}
            series={series}
            isActive={props.viewer.placed.length > 1 && props.viewer.active === tile}
          />
        ) : (
          // oxlint-disable-next-line react/no-array-index-key -- a viewport is its place
          <div key={tile} className={styles.emptyTile}>
            <EmptyState title={t('viewer.emptyTile')} />
          </div>
        );
      })}
    </div>
  );
}

function PlacedTile(
  props: Shared & { tile: number; placed: Placed; view: StudyView; series: ShownSeries; isActive: boolean },
) {
  const { view, series, placed, tile, dispatch, onHandle } = props;
  const { t, i18n } = useTranslation('reading');
  const facts = usePersonFacts();
  const instances = useMemo(() => JSON.stringify(series.instances), [series.instances]);
  // A view that is told again is a new object with the same series; the stack must not begin anew for that.
  const slices = useMemo(() => slicesOf({ instances: JSON.parse(instances) as ShownSeries['instances'] }), [instances]);
  const index = Math.max(0, Math.min(placed.index, slices.length - 1));
  const slice = slices[index];
  const handle = useCallback((one: TileHandle | null) => onHandle(tile, one), [onHandle, tile]);
  const setIndex = useCallback((to: number) => dispatch({ do: 'index', tile, index: to }), [dispatch, tile]);
  const isPrior = view !== props.studies[0];
  const name = view.patient ? displayName(view.patient) : { written: t('list.unknownPatient'), latin: '' };
  const banner = view.patient && toBanner(view.patient);
  const seriesWords = [
    series.number === null ? '' : t('corner.series', { number: series.number }),
    series.description || series.modality,
  ]
    .filter((one) => one !== '')
    .join(' · ');
  const at = formatInstant(view.study?.firstImageAtUtc ?? '', {
    zone: props.zone,
    locale: i18n.language,
    as: 'day-clock',
    withZone: true,
  });
  const step = (by: 1 | -1): void => {
    const next = view.series[view.series.indexOf(series) + by];
    const put = next && placeSeries(placed.studyId, next);
    if (put) dispatch({ do: 'place', tile, placed: put });
  };
  return (
    <ViewportTile
      id={`tile-${tile}`}
      label={t('viewer.tile', { tile: tile + 1, name: name.written, series: seriesWords })}
      slices={slices}
      index={index}
      isActive={props.isActive}
      tool={props.tool}
      lines={slice ? linesOf(view.measurements, slice, i18n.language) : []}
      who={
        <>
          <div className={styles.cornerName}>
            <bdi>{name.written}</bdi>
          </div>
          {name.latin !== '' && (
            <div>
              <bdi>{name.latin}</bdi>
            </div>
          )}
          {banner && <div>{facts(banner, props.today)}</div>}
        </>
      }
      when={
        <>
          {isPrior && <div className={styles.cornerPrior}>{t('series.prior')}</div>}
          <div>
            <bdi>{view.order?.procedure ?? ''}</bdi>
          </div>
          <div>{at}</div>
          <div>{view.order?.accessionNumber ?? ''}</div>
        </>
      }
      seriesWords={seriesWords}
      onIndex={setIndex}
      onActivate={() => dispatch({ do: 'activate', tile })}
      onSeries={step}
      onMeasured={(on, line) => props.onMeasured(placed.studyId, on, line)}
      onHandle={handle}
    />
  );
}

function linesOf(measurements: readonly Measurement[], slice: Slice, locale: string): DrawnLine[] {
  return measurements
    .filter((one) => one.instanceId === slice.instance.id && one.frame === slice.frame)
    .flatMap((one) => {
      const [from, to] = one.points;
      return from && to ? [{ id: one.id, from, to, label: lengthWords(one, locale) }] : [];
    });
}

/** Handles of the tiles that stand now, by place. */
export function useTileHandles() {
  const handles = useRef(new Map<number, TileHandle>());
  const onHandle = useCallback((tile: number, handle: TileHandle | null) => {
    if (handle) handles.current.set(tile, handle);
    else handles.current.delete(tile);
  }, []);
  return { handles: handles.current, onHandle };
}
