import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { measureLength } from '../../shared/imaging/length.ts';
import { Corners } from './corners.tsx';
import { lengthWords } from './length-words.ts';
import { type DrawnLine, MeasureLayer } from './measure-layer.tsx';
import { NotDrawn, NotLoaded } from './not-drawn.tsx';
import { edgeLetters } from './orientation.ts';
import { framesPerSecond, type Slice } from './slices.ts';
import { reportPicture } from './report-picture.ts';
import type { WindowLevel } from './window-level.ts';
import { type DraftLine, useTileInput, type ViewerTool } from './tile-input.ts';
import { useStack } from './use-stack.ts';
import styles from './viewport-tile.module.css';

/** What the toolbar and the keys ask of the active tile. */
export type TileHandle = {
  setWindow: (window: WindowLevel | 'auto' | 'file') => void;
  invert: () => void;
  reset: () => void;
  toggleCine: () => void;
  /** What is shown now, as a JPEG for the report; null where no picture is shown. */
  picture: () => Promise<Uint8Array | null>;
  focus: () => void;
};

export type TileProps = {
  id: string;
  label: string;
  slices: readonly Slice[];
  index: number;
  isActive: boolean;
  tool: ViewerTool;
  lines: readonly DrawnLine[];
  /** Who and when, at the top. */
  who: ReactNode;
  when: ReactNode;
  seriesWords: string;
  onIndex: (index: number) => void;
  onActivate: () => void;
  onSeries: (step: 1 | -1) => void;
  onMeasured: (slice: Slice, line: DraftLine) => void;
  onHandle: (handle: TileHandle | null) => void;
};

/** One viewport: the picture, what lies over it, and the hands on it. What can't be shown says why in its place. */
export function ViewportTile(props: TileProps) {
  const { slices, index, onIndex, onHandle } = props;
  const { t, i18n } = useTranslation('reading');
  const slice = slices[index];
  const { element, view, state, problem, isShown, loadedShare } = useStack(props.id, slices, index);
  const [playing, setPlaying] = useState(false);
  const latestPicture = useRef<TileHandle['picture']>(() => Promise.resolve(null));
  const scrollTo = (to: number): void => {
    const next = Math.max(0, Math.min(slices.length - 1, to));
    if (next !== index) onIndex(next);
  };
  const input = useTileInput({
    view: isShown ? view : null,
    state,
    tool: props.tool,
    scrollBy: (by) => scrollTo(index + by),
    scrollTo: (end) => scrollTo(end === 'first' ? 0 : slices.length - 1),
    nextSeries: props.onSeries,
    onMeasured: (line) => slice && props.onMeasured(slice, line),
  });

  useEffect(() => {
    if (!view) return undefined;
    onHandle({
      setWindow: view.setWindow,
      invert: view.invert,
      reset: view.reset,
      picture: () => latestPicture.current(),
      toggleCine: () => setPlaying((before) => !before && slices.length > 1),
      focus: () => element.current?.parentElement?.focus(),
    });
    return () => onHandle(null);
  }, [view, onHandle, slices.length, element]);

  const fps = framesPerSecond(slice);
  useEffect(() => {
    // The next frame waits until this one is on the screen: a slow disk slows the film, it never skips.
    if (!playing || !(isShown || slice?.imageId == null || problem)) return undefined;
    const timer = window.setTimeout(() => onIndex((index + 1) % slices.length), 1000 / fps);
    return () => window.clearTimeout(timer);
  }, [playing, isShown, problem, index, fps, slices.length, slice, onIndex]);
  useEffect(() => setPlaying(false), [props.seriesWords]);

  const facts = slice?.instance.header;
  const draft = useMemo((): DrawnLine[] => {
    if (!input.draft || !facts) return [];
    const length = measureLength(facts, input.draft.from, input.draft.to);
    return [{ id: 'draft', ...input.draft, label: lengthWords(length, i18n.language) }];
  }, [input.draft, facts, i18n.language]);
  const edges = isShown && facts ? edgeLetters(facts.imageOrientation) : undefined;
  const overlays = facts?.overlays ?? 0;
  const notShown = overlays > 0 ? t('corner.overlays', { count: overlays }) : '';
  useEffect(() => {
    latestPicture.current = () =>
      isShown && view ? reportPicture(view, props.lines, edges, notShown) : Promise.resolve(null);
  });

  return (
    <div
      className={styles.tile}
      role="group"
      aria-roledescription={t('viewport')}
      aria-label={props.label}
      tabIndex={0}
      data-active={props.isActive || undefined}
      data-tool={props.tool}
      data-shown={isShown ? slice?.imageId : undefined}
      data-playing={playing || undefined}
      onFocus={props.onActivate}
      {...input.handlers}
    >
      <div ref={element} className={styles.canvas} data-hidden={!isShown || undefined} />
      {slice && !slice.instance.verdict.drawable && <NotDrawn instance={slice.instance} />}
      {slice && problem && <NotLoaded instance={slice.instance} problem={problem} />}
      {isShown && view && (
        <MeasureLayer lines={[...props.lines, ...draft]} cursor={input.cursor} toCanvas={view.toCanvas} />
      )}
      {edges &&
        (['top', 'bottom', 'left', 'right'] as const).map((edge) => (
          <span key={edge} className={`${styles.edge} ${styles[`edge-${edge}`]}`}>
            {edges[edge]}
          </span>
        ))}
      <Corners
        {...props}
        slice={slice}
        index={index}
        count={slices.length}
        state={isShown ? state : null}
        notShown={notShown}
        playingFps={playing ? fps : null}
      />
      {slices.length > 1 && (
        <div className={styles.position} aria-hidden="true">
          <span style={{ top: `${(100 * index) / slices.length}%`, height: `${100 / slices.length}%` }} />
        </div>
      )}
      {loadedShare < 1 && (
        <div className={styles.loading} aria-hidden="true">
          <span style={{ width: `${loadedShare * 100}%` }} />
        </div>
      )}
      <span className="visually-hidden" aria-live="polite">
        {draft[0]?.label ?? ''}
      </span>
    </div>
  );
}
