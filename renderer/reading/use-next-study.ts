import { useEffect, useMemo } from 'react';
import type { ReadingRow } from '../../shared/imaging/views.ts';
import { useView } from '../bridge/use-view.ts';
import { ahead } from '../imaging/cornerstone.ts';
import { objectUrlOf } from '../imaging/image-id.ts';
import { outwardFrom } from '../imaging/load-order.ts';
import { slicesOf } from '../imaging/slices.ts';
import { byPictures, placeSeries } from './viewer-state.ts';

/**
 * Fetches what the study below the open one in the list begins with, while the open one is read (screens.md, Read). It is asked for without its
 * patient, so that nothing is journaled as read before it is opened.
 */
export function useNextStudy(rows: readonly ReadingRow[], openId: string | undefined): void {
  const at = rows.findIndex((row) => row.studyId === openId);
  const nextId = at < 0 ? undefined : rows[at + 1]?.studyId;
  const view = useView('imaging/study', nextId ? { studyId: nextId } : null);
  const series = view.state === 'ready' ? view.value.series : undefined;
  const wished = useMemo(() => {
    const urls = byPictures(series ?? []).flatMap((one) => {
      const slices = slicesOf(one);
      const first = placeSeries('', one)?.index ?? 0;
      return outwardFrom(first, slices.length).flatMap((index) => {
        const imageId = slices[index]?.imageId;
        return imageId ? [objectUrlOf(imageId)] : [];
      });
    });
    return [...new Set(urls)].join('\n');
  }, [series]);
  useEffect(() => {
    if (wished !== '') void ahead.wish(wished.split('\n'));
  }, [wished]);
  useEffect(() => () => ahead.forget(), []);
}
