import { TriangleAlert } from 'lucide-react';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { measureLength } from '../../shared/imaging/length.ts';
import type { StudyView } from '../../shared/imaging/views.ts';
import { localTime } from '../../shared/kernel/time.ts';
import { displayName } from '../../shared/people/names.ts';
import { PatientBanner } from '../app/patient/patient-banner.tsx';
import { useCommand } from '../bridge/use-command.ts';
import { useView } from '../bridge/use-view.ts';
import { forgetImages } from '../imaging/cornerstone.ts';
import type { Slice } from '../imaging/slices.ts';
import { slicesOf } from '../imaging/slices.ts';
import type { DraftLine, ViewerTool } from '../imaging/tile-input.ts';
import type { TileHandle } from '../imaging/viewport-tile.tsx';
import { presets, type PresetId } from '../imaging/window-level.ts';
import { Chip } from '../ui/chip.tsx';
import { formatInstant } from '../ui/instant-format.ts';
import { KeyCap } from '../ui/key-cap.tsx';
import { toBanner } from './banner-of.ts';
import { FoldColumn } from './fold-column.tsx';
import type { ReportHandle } from './report-editor.tsx';
import { ReportPanel } from './report-panel.tsx';
import { SeriesRail } from './series-rail.tsx';
import { useKeyImage } from './use-key-image.ts';
import { useViewerKeys } from './use-viewer-keys.ts';
import { useTileHandles, ViewerGrid } from './viewer-grid.tsx';
import { byPictures, noViewer, placeSeries, viewerReducer, type ViewerState } from './viewer-state.ts';
import { ViewerToolbar } from './viewer-toolbar.tsx';
import styles from './reading.module.css';

/** One open study: banner, series, viewports with their tools, report. */
export function OpenStudy(props: { view: StudyView; zone: string; nowUtc: string; onList: () => void }) {
  const { view, zone } = props;
  const { t, i18n } = useTranslation('reading');
  const studyId = view.study?.id ?? '';
  const [tool, setTool] = useState<ViewerTool>('window');
  const [preset, setPreset] = useState<PresetId | ''>('file');
  const [priorId, setPriorId] = useState<string | null>(null);
  const [report, setReport] = useState<ReportHandle | null>(null);
  const [viewer, dispatch] = useReducer(
    viewerReducer,
    noViewer,
    (from): ViewerState => viewerReducer(from, { do: 'open', studyId, series: view.series }),
  );
  const prior = useView(
    'imaging/study',
    priorId === null ? null : { studyId: priorId, ...(view.patient ? { patientId: view.patient.id } : {}) },
  );
  const studies = prior.state === 'ready' && prior.value.study && priorId !== null ? [view, prior.value] : [view];
  const { handles, onHandle } = useTileHandles();
  const { run } = useCommand();
  const active = handles.get(viewer.active);
  const markKeyImage = useKeyImage(report);
  useEffect(() => () => forgetImages(), []);
  const hasTile = useRef(false);
  const onTile = useCallback(
    (tile: number, handle: TileHandle | null) => {
      onHandle(tile, handle);
      // Who opened the study by a key goes on in the picture.
      if (handle && tile === 0 && !hasTile.current) {
        hasTile.current = true;
        handle.focus();
      }
    },
    [onHandle],
  );
  useEffect(() => {
    // Its first series was not here when it was opened.
    if (viewer.placed[0] === null && view.series.length > 0) dispatch({ do: 'open', studyId, series: view.series });
  }, [viewer.placed, view.series, studyId]);

  const placed = viewer.placed[viewer.active];
  const shown =
    placed &&
    studies
      .find((one) => one.study?.id === placed.studyId)
      ?.series.find((one) => one.seriesInstanceUid === placed.seriesInstanceUid);
  const slice = shown && slicesOf(shown)[placed.index];
  const name = view.patient ? displayName(view.patient) : { written: t('list.unknownPatient'), latin: '' };

  const choosePreset = (id: PresetId): void => {
    setPreset(id);
    const window = presets.find((one) => one.id === id)?.window;
    handles.get(viewer.active)?.setWindow(window ?? (id === 'auto' ? 'auto' : 'file'));
  };
  const toggleKey = (): void => {
    if (slice && report && placed.studyId === studyId) void markKeyImage(slice, active);
  };
  const measured = async (ofStudy: string, on: Slice, line: DraftLine): Promise<void> => {
    if (!on.instance.header) return;
    const round = (value: number): number => Math.round(value * 100) / 100;
    const points = [line.from, line.to].map(({ x, y }) => ({ x: round(x), y: round(y) }));
    const { lengthPx, lengthTenthsMm } = measureLength(on.instance.header, line.from, line.to);
    const input = {
      studyId: ofStudy,
      instanceId: on.instance.id,
      frame: on.frame,
      tool: 'length',
      points,
      lengthTenthsMm,
      lengthPx: round(lengthPx),
    };
    await run('imaging/measure', input, { seen: {} });
  };
  const jump = (instanceId: string, frame: number): void => {
    for (const series of view.series) {
      const index = slicesOf(series).findIndex(
        (one) => one.instance.id === instanceId && (one.frame === frame || one.frames === 1),
      );
      if (index >= 0)
        dispatch({
          do: 'place',
          tile: viewer.active,
          placed: { studyId, seriesInstanceUid: series.seriesInstanceUid, index },
        });
    }
  };
  const setLayout = (layout: ViewerState['layout']): void =>
    dispatch({ do: 'layout', layout, series: view.series, studyId });
  const cine = (): void => active?.toggleCine();
  const nextTile = (step: 1 | -1): void => {
    const count = viewer.placed.length;
    const tile = (viewer.active + step + count) % count;
    dispatch({ do: 'activate', tile });
    handles.get(tile)?.focus();
  };
  useViewerKeys({
    setTool: (next) => {
      setTool(next);
      if (next === 'length') active?.focus();
    },
    preset: choosePreset,
    layout: setLayout,
    invert: () => active?.invert(),
    cine,
    keyImage: toggleKey,
    focusViewer: () => active?.focus(),
    focusReport: () => report?.focus(),
    focusList: props.onList,
    nextTile,
  });

  const when = (atUtc: string): string =>
    formatInstant(atUtc, { zone, locale: i18n.language, as: 'day', withZone: false });
  const today = localTime(props.nowUtc, zone).day;
  const titleOf = (one: StudyView): string =>
    one === view ? t('series.this') : when(one.study?.firstImageAtUtc ?? '');
  return (
    <div className={styles.open}>
      {view.patient && (
        <PatientBanner patient={toBanner(view.patient)} colour={1} today={today}>
          {view.order?.practitionerId && view.names[view.order.practitionerId] && (
            <span className={styles.asks}>{t('banner.asks', { name: view.names[view.order.practitionerId] })}</span>
          )}
          {view.order?.urgent && <Chip tone="red">{t('state.urgent')}</Chip>}
          {view.held !== 'held' && <Chip tone="amber">{t('state.notKnown')}</Chip>}
        </PatientBanner>
      )}
      <SeriesRail
        studies={studies.map((one) => ({
          studyId: one.study?.id ?? '',
          title: titleOf(one),
          series: byPictures(one.series),
        }))}
        priors={view.priors
          .filter((one) => one.studyId !== priorId)
          .map((one) => ({ prior: one, title: when(one.firstImageAtUtc) }))}
        lettersOf={(id, uid) =>
          viewer.placed
            .map((one, at) => (one?.studyId === id && one.seriesInstanceUid === uid ? 'ABCD'[at] : ''))
            .join('')
        }
        onSeries={(id, uid) => {
          const series = studies
            .find((one) => one.study?.id === id)
            ?.series.find((one) => one.seriesInstanceUid === uid);
          const put = series && placeSeries(id, series);
          if (put) dispatch({ do: 'place', tile: viewer.active, placed: put });
          active?.focus();
        }}
        onPrior={setPriorId}
      />
      <div className={styles.viewer}>
        <ViewerToolbar
          tool={tool}
          onTool={setTool}
          onKeyImage={toggleKey}
          isKeyImage={Boolean(slice && report?.text.keyInstanceIds.includes(slice.instance.id))}
          onCine={cine}
          onInvert={() => active?.invert()}
          onReset={() => {
            setPreset('file');
            active?.reset();
          }}
          preset={preset}
          onPreset={choosePreset}
          layout={viewer.layout}
          onLayout={setLayout}
        />
        <ViewerGrid
          viewer={viewer}
          studies={studies}
          tool={tool}
          zone={zone}
          today={today}
          dispatch={dispatch}
          onMeasured={(id, on, line) => void measured(id, on, line)}
          onHandle={onTile}
        />
        <p className={styles.notPrimary}>
          <span>
            <TriangleAlert size={14} aria-hidden="true" /> {t('viewer.notPrimary')}
          </span>
          <span className={styles.keys}>
            <KeyCap keys="↑ ↓" /> {t('keys.image')} <KeyCap keys="PgDn" /> {t('keys.series')} <KeyCap keys="?" />{' '}
            {t('keys.all')}
          </span>
        </p>
      </div>
      <FoldColumn name="report">
        <ReportPanel
          view={view}
          patientName={name.written}
          report={report}
          onReport={setReport}
          onJump={jump}
          onLeave={() => active?.focus()}
        />
      </FoldColumn>
    </div>
  );
}
