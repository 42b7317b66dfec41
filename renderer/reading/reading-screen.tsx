import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { go, useParams } from '../app/router.ts';
import { useNow } from '../app/use-now.ts';
import { useZone } from '../bridge/use-zone.ts';
import { useView } from '../bridge/use-view.ts';
import { EmptyState, ErrorState, NotPermitted, Skeleton } from '../ui/states.tsx';
import { FoldColumn } from './fold-column.tsx';
import { OpenStudy } from './open-study.tsx';
import { type ReadingFilter, ReadingList } from './reading-list.tsx';
import styles from './reading.module.css';
import { useNextStudy } from './use-next-study.ts';

/** The reading station: the list of studies, and the one that is open with its pictures and its report. */
export function Screen() {
  const { t } = useTranslation('reading');
  const { studyId, patientId } = useParams('read');
  const [filter, setFilter] = useState<ReadingFilter>('to-read');
  const nowUtc = useNow(60_000);
  const zone = useZone();
  const list = useView('imaging/reading-list', { filter });
  const study = useView('imaging/study', studyId ? { studyId, ...(patientId ? { patientId } : {}) } : null);
  const knownPatientId = study.state === 'ready' ? study.value.study?.patientId : undefined;
  // Asked by the study alone, the read is not journaled: once the patient is known, it is asked again with the name.
  useEffect(() => {
    if (studyId && !patientId && knownPatientId) go('read', { studyId, patientId: knownPatientId }, { replace: true });
  }, [studyId, patientId, knownPatientId]);
  useNextStudy(list.state === 'ready' ? list.value.rows : [], studyId);
  const listBox = useRef<HTMLDivElement>(null);
  const focusList = (): void => {
    const rows = listBox.current?.querySelectorAll<HTMLElement>('li button');
    ([...(rows ?? [])].find((row) => row.ariaCurrent === 'true') ?? rows?.[0])?.focus();
  };
  const isEmpty = list.state === 'ready' && list.value.rows.length === 0;
  // A reader who comes with no study open starts on the list.
  useEffect(() => {
    if (list.state === 'ready' && !studyId) focusList();
    // oxlint-disable-next-line react/exhaustive-deps -- once, when the list is here
  }, [list.state]);

  if (list.state === 'not-permitted') return <NotPermitted />;
  return (
    <div className={styles.screen} data-theme="dark">
      <FoldColumn name="list" boxRef={listBox}>
        {list.state === 'loading' && <Skeleton isSlow={list.isSlow} rows={8} rowHeightPx={64} />}
        {list.state === 'error' && (
          <ErrorState title={t('list.failed')} why={t('list.failedWhy')} code={list.code} onRetry={list.retry} />
        )}
        {list.state === 'ready' && (
          <ReadingList
            list={list.value}
            filter={filter}
            onFilter={setFilter}
            openId={studyId}
            onOpen={(row) =>
              go('read', { studyId: row.studyId, ...(row.patient ? { patientId: row.patient.id } : {}) })
            }
            nowUtc={nowUtc}
          />
        )}
      </FoldColumn>
      {!studyId && (
        <div className={styles.nothing}>
          <EmptyState title={t(isEmpty ? 'viewer.nothingToRead' : 'viewer.chooseStudy')}>
            {t(isEmpty ? 'viewer.nothingToReadWhy' : 'viewer.chooseStudyWhy')}
          </EmptyState>
        </div>
      )}
      {studyId && study.state === 'loading' && (
        <div className={styles.nothing}>
          <Skeleton isSlow={study.isSlow} rows={10} />
        </div>
      )}
      {studyId && (study.state === 'error' || study.state === 'not-permitted') && (
        <div className={styles.nothing}>
          {study.state === 'error' ? (
            <ErrorState title={t('viewer.failed')} why={t('list.failedWhy')} code={study.code} onRetry={study.retry} />
          ) : (
            <NotPermitted />
          )}
        </div>
      )}
      {studyId && study.state === 'ready' && !study.value.study && (
        <div className={styles.nothing}>
          <EmptyState title={t('viewer.unknown')}>{t('viewer.unknownWhy')}</EmptyState>
        </div>
      )}
      {studyId && study.state === 'ready' && study.value.study && (
        <OpenStudy key={studyId} view={study.value} zone={zone} nowUtc={nowUtc} onList={focusList} />
      )}
    </div>
  );
}
