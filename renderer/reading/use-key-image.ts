import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keptPictureSchema } from '../../shared/ipc/contract.ts';
import { KEY_IMAGES_MAX } from '../../shared/reports/schema.ts';
import { useServices } from '../bridge/bridge-context.tsx';
import { ask } from '../bridge/praxis-bridge.ts';
import type { Slice } from '../imaging/slices.ts';
import type { TileHandle } from '../imaging/viewport-tile.tsx';
import { showToast } from '../ui/toast-store.ts';
import type { ReportHandle } from './report-editor.tsx';
import { withoutKeyImage } from './report-text.ts';

/**
 * Marks an image for the report, or takes the mark off. What the doctor sees is kept as a picture first, and only then is it
 * named in the text: a report never names a picture that is not on disk.
 */
export function useKeyImage(
  report: ReportHandle | null,
): (slice: Slice, tile: TileHandle | undefined) => Promise<void> {
  const { t } = useTranslation('reading');
  const { bridge, isStillHere } = useServices();
  const latest = useRef(report);
  useEffect(() => {
    latest.current = report;
  }, [report]);
  const [busy] = useState(() => new Set<string>());
  return useCallback(
    async ({ instance, frame }, tile) => {
      const instanceId = instance.id;
      const text = latest.current?.text;
      if (!text || busy.has(instanceId)) return;
      if (text.keyInstanceIds.includes(instanceId)) return latest.current?.change(withoutKeyImage(text, instanceId));
      if (text.keyInstanceIds.length >= KEY_IMAGES_MAX)
        return showToast({ words: t('keyImage.full', { count: KEY_IMAGES_MAX }), undo: null });
      busy.add(instanceId);
      try {
        const jpeg = (await tile?.picture()) ?? null;
        if (!isStillHere()) return;
        if (jpeg === null) return showToast({ words: t('keyImage.notShown'), undo: null });
        const answer = await ask(bridge, 'document', { do: 'keepPicture', instanceId, jpeg }).catch(() => null);
        if (!isStillHere()) return;
        const kept = keptPictureSchema.safeParse(answer).data;
        if (!kept?.ok) return showToast({ words: t('keyImage.failed'), undo: null });
        const now = latest.current;
        if (!now || now.text.keyInstanceIds.includes(instanceId)) return;
        now.change({
          keyInstanceIds: [...now.text.keyInstanceIds, instanceId],
          keyPictures: [...now.text.keyPictures, { instanceId, frame, sha256: kept.sha256 }],
        });
      } finally {
        busy.delete(instanceId);
      }
    },
    [bridge, isStillHere, busy, t],
  );
}
