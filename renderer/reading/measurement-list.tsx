import { Ruler, Star, Trash2 } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Measurement } from '../../shared/imaging/schema.ts';
import { lengthWords } from '../imaging/length-words.ts';
import { IconButton } from '../ui/button.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import styles from './report.module.css';

/** `sha256` names its picture for the report; null where none was kept. */
export type KeyImage = { instanceId: string; frame: number; sha256: string | null; place: string };

/** Measurements and key images of the study: click jumps, Enter puts the words into the report, Delete takes it off. */
export function MeasurementList(props: {
  measurements: readonly Measurement[];
  keyImages: readonly KeyImage[];
  placeOf: (measurement: Measurement) => string;
  canInsert: boolean;
  onJump: (instanceId: string, frame: number) => void;
  onInsert: (measurement: Measurement) => void;
  onRemove: (measurement: Measurement) => void;
  onRemoveKey: (instanceId: string) => void;
}) {
  const { t, i18n } = useTranslation('reading');
  if (props.measurements.length + props.keyImages.length === 0)
    return <p className={styles.hint}>{t('measurements.none')}</p>;
  const onKey = (event: KeyboardEvent, measurement: Measurement): void => {
    if (event.key === 'Enter' && props.canInsert) props.onInsert(measurement);
    else if (event.key === 'Delete' || event.key === 'Backspace') props.onRemove(measurement);
    else return;
    event.preventDefault();
  };
  return (
    <ul className={styles.measurements} aria-label={t('measurements.title')}>
      {props.measurements.map((one) => (
        <li key={one.id}>
          <button
            type="button"
            className={styles.measurement}
            onClick={() => props.onJump(one.instanceId, one.frame)}
            onKeyDown={(event) => onKey(event, one)}
          >
            <Ruler size={15} aria-hidden="true" />
            <span>{t('measurements.length')}</span>
            <b>{lengthWords(one, i18n.language)}</b>
            <span>{props.placeOf(one)}</span>
          </button>
          {props.canInsert && (
            <IconButton label={t('measurements.insert')} size="toolbar" onClick={() => props.onInsert(one)}>
              <KeyCap keys="Enter" />
            </IconButton>
          )}
          <IconButton label={t('measurements.remove')} size="toolbar" keyCap="Del" onClick={() => props.onRemove(one)}>
            <Trash2 size={14} />
          </IconButton>
        </li>
      ))}
      {props.keyImages.map((one) => (
        <li key={one.instanceId}>
          <button type="button" className={styles.measurement} onClick={() => props.onJump(one.instanceId, one.frame)}>
            <Star size={15} aria-hidden="true" />
            <span>{t('measurements.keyImage')}</span>
            <b />
            <span>{one.place}</span>
          </button>
          {props.canInsert && (
            <IconButton
              label={t('measurements.removeKey')}
              size="toolbar"
              onClick={() => props.onRemoveKey(one.instanceId)}
            >
              <Trash2 size={14} />
            </IconButton>
          )}
        </li>
      ))}
    </ul>
  );
}
