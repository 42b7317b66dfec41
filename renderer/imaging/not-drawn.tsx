import { Download, FileWarning } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownInstance } from '../../shared/imaging/series.ts';
import type { FetchProblem } from './fetch-object.ts';
import { useServices } from '../bridge/bridge-context.tsx';
import { takeOut } from '../papers/take-out.ts';
import { useTakenWords } from '../papers/use-taken-words.ts';
import { Button } from '../ui/button.tsx';
import styles from './viewport-tile.module.css';

export type DocumentForm = 'pdf' | 'sr' | 'ecg' | 'plan';

/** What an object without a picture is, by its SOP class (PS3.4 B.5); undefined for what has no sentence of its own. */
export function documentForm(instance: Pick<ShownInstance, 'sopClassUid' | 'header'>): DocumentForm | undefined {
  const uid = instance.sopClassUid;
  if (uid.startsWith('1.2.840.10008.5.1.4.1.1.104.') || instance.header?.documentMimeType === 'application/pdf')
    return 'pdf';
  if (uid.startsWith('1.2.840.10008.5.1.4.1.1.88.')) return 'sr';
  if (uid.startsWith('1.2.840.10008.5.1.4.1.1.9.')) return 'ecg';
  if (/^1\.2\.840\.10008\.5\.1\.4\.1\.1\.481\.(?:3|5|8)$/.test(uid)) return 'plan';
  return undefined;
}

/** In the place of a picture that is not drawn: why, in one sentence, and the file as it came. */
export function NotDrawn({ instance }: { instance: ShownInstance }) {
  const { t } = useTranslation('reading');
  const { verdict } = instance;
  if (verdict.drawable) return null;
  const form = verdict.reason === 'no_pixel_data' ? documentForm(instance) : undefined;
  return (
    <Notice
      title={t(form ? `document.${form}.title` : 'notDrawn.title')}
      instanceId={instance.id}
      reason={verdict.reason}
    >
      {t(form ? `document.${form}.why` : `notDrawn.${verdict.reason}`)}
    </Notice>
  );
}

/** In the place of a picture whose bytes did not come or did not decode: never an empty picture. */
export function NotLoaded({ instance, problem }: { instance: ShownInstance; problem: FetchProblem }) {
  const { t } = useTranslation('reading');
  return (
    <Notice
      title={t(`problem.${problem}.title`)}
      instanceId={problem === 'failed' || problem === 'not-as-said' ? instance.id : null}
      reason={problem}
    >
      {t(`problem.${problem}.why`)}
    </Notice>
  );
}

function Notice(props: { title: string; children: string; instanceId: string | null; reason: string }) {
  return (
    <div className={styles.notice} role="note" data-reason={props.reason}>
      <FileWarning size={24} aria-hidden="true" />
      <p className={styles.title}>{props.title}</p>
      <p>{props.children}</p>
      {props.instanceId !== null && <SaveFile instanceId={props.instanceId} />}
    </div>
  );
}

function SaveFile({ instanceId }: { instanceId: string }) {
  const { t } = useTranslation('reading');
  const { bridge } = useServices();
  const sayTaken = useTakenWords();
  const [isSaving, setSaving] = useState(false);
  const save = async (): Promise<void> => {
    setSaving(true);
    const taken = await takeOut(bridge, { do: 'saveInstance', instanceId });
    setSaving(false);
    sayTaken(taken, t('saveFile'));
  };
  return (
    <Button
      icon={<Download size={14} aria-hidden="true" />}
      disabledReason={isSaving ? t('savingFile') : null}
      onClick={() => void save()}
    >
      {t('saveFile')}
    </Button>
  );
}
