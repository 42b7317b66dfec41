import { useTranslation } from 'react-i18next';
import { useHotkey } from '../ui/hotkeys.ts';
import { presets, type PresetId } from '../imaging/window-level.ts';
import { tools, type ViewerLayout } from './viewer-toolbar.tsx';
import type { ViewerTool } from '../imaging/tile-input.ts';

export type ViewerActs = {
  setTool: (tool: ViewerTool) => void;
  preset: (id: PresetId) => void;
  layout: (layout: ViewerLayout) => void;
  invert: () => void;
  cine: () => void;
  keyImage: () => void;
  focusViewer: () => void;
  focusReport: () => void;
  focusList: () => void;
  nextTile: (step: 1 | -1) => void;
};

const layouts: readonly [string, ViewerLayout][] = [
  ['Alt+1', '1x1'],
  ['Alt+2', '1x2'],
  ['Alt+4', '2x2'],
];

/** The keys of the reading station, all in the one registry that `?` prints. Keys of a picture itself are the tile's own. */
export function useViewerKeys(acts: ViewerActs): void {
  const { t } = useTranslation('reading');
  const group = t('keys.viewer');
  // The tables are constant, so the hooks run in the same order every time.
  for (const { tool, key } of tools) useHotkey(key, t(`tool.${tool}`), () => acts.setTool(tool), { group });
  for (const { id, key } of presets) useHotkey(key, t(`preset.${id}`), () => acts.preset(id), { group });
  for (const [key, layout] of layouts)
    useHotkey(key, layout.replace('x', ' × '), () => acts.layout(layout), { group, inFields: true });
  useHotkey('I', t('toolbar.invert'), acts.invert, { group });
  useHotkey('C', t('toolbar.cine'), acts.cine, { group });
  useHotkey('K', t('toolbar.keyImage'), acts.keyImage, { group });
  useHotkey('ArrowRight', t('keys.nextTile'), () => acts.nextTile(1), { group });
  useHotkey('ArrowLeft', t('keys.previousTile'), () => acts.nextTile(-1), { group });
  useHotkey('V', t('keys.focusViewer'), acts.focusViewer, { group });
  useHotkey('R', t('keys.focusReport'), acts.focusReport, { group });
  useHotkey('U', t('keys.focusList'), acts.focusList, { group });
}
