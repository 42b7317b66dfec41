import { CircleDot, Contrast, Expand, Layers, Move, Play, Ruler, Star, ZoomIn } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { presets, type PresetId } from '../imaging/window-level.ts';
import type { ViewerTool } from '../imaging/tile-input.ts';
import { IconButton } from '../ui/button.tsx';
import { SegmentedControl } from '../ui/segmented-control.tsx';
import styles from './viewer.module.css';

export type ViewerLayout = '1x1' | '1x2' | '2x2';
export const tools: readonly { tool: ViewerTool; key: string; icon: ReactNode }[] = [
  { tool: 'window', key: 'W', icon: <Contrast size={18} /> },
  { tool: 'zoom', key: 'Z', icon: <ZoomIn size={18} /> },
  { tool: 'pan', key: 'P', icon: <Move size={18} /> },
  { tool: 'scroll', key: 'S', icon: <Layers size={18} /> },
  { tool: 'length', key: 'L', icon: <Ruler size={18} /> },
];

/** Tools with their keys, presets, layouts. What acts at once (star, film, inversion) stands apart from what is chosen. */
export function ViewerToolbar(props: {
  tool: ViewerTool;
  onTool: (tool: ViewerTool) => void;
  onKeyImage: () => void;
  isKeyImage: boolean;
  onCine: () => void;
  onInvert: () => void;
  onReset: () => void;
  preset: PresetId | '';
  onPreset: (id: PresetId) => void;
  layout: ViewerLayout;
  onLayout: (layout: ViewerLayout) => void;
}) {
  const { t } = useTranslation('reading');
  const act = (key: string, label: string, icon: ReactNode, run: () => void, pressed?: boolean) => (
    <span className={styles.tool}>
      <IconButton label={label} size="toolbar" keyCap={key} onClick={run} aria-pressed={pressed}>
        {icon}
      </IconButton>
      <kbd aria-hidden="true">{key}</kbd>
    </span>
  );
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t('toolbar.title')}>
      <div className={styles.tools} role="radiogroup" aria-label={t('toolbar.tools')}>
        {tools.map(({ tool, key, icon }) => (
          <span key={tool} className={styles.tool} data-on={props.tool === tool || undefined}>
            <IconButton
              label={t(`tool.${tool}`)}
              size="toolbar"
              keyCap={key}
              role="radio"
              aria-checked={props.tool === tool}
              onClick={() => props.onTool(tool)}
            >
              {icon}
            </IconButton>
            <kbd aria-hidden="true">{key}</kbd>
          </span>
        ))}
      </div>
      <div className={styles.tools}>
        {act(
          'K',
          t('toolbar.keyImage'),
          <Star size={18} fill={props.isKeyImage ? 'currentColor' : 'none'} />,
          props.onKeyImage,
          props.isKeyImage,
        )}
        {act('C', t('toolbar.cine'), <Play size={18} />, props.onCine)}
        {act('I', t('toolbar.invert'), <CircleDot size={18} />, props.onInvert)}
        {act('␣', t('toolbar.reset'), <Expand size={18} />, props.onReset)}
      </div>
      <label className={styles.preset}>
        <span className="visually-hidden">{t('toolbar.preset')}</span>
        <select value={props.preset} onChange={(event) => props.onPreset(event.currentTarget.value as PresetId)}>
          {props.preset === '' && <option value="">{t('preset.own')}</option>}
          {presets.map(({ id, key, window }) => (
            <option key={id} value={id}>
              {key} · {t(`preset.${id}`)} {window ? `${window.width} / ${window.level}` : ''}
            </option>
          ))}
        </select>
      </label>
      <SegmentedControl
        label={t('toolbar.layout')}
        value={props.layout}
        onChange={props.onLayout}
        options={(['1x1', '1x2', '2x2'] as const).map((value) => ({ value, label: value.replace('x', '×') }))}
      />
    </div>
  );
}
