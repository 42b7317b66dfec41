import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../bridge/praxis-bridge.ts';
import type { NewCode, StationSettings } from '../bridge/station-answers.ts';
import { useZone } from '../bridge/use-zone.ts';
import { useStation } from '../bridge/use-station.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { formatInstant } from '../ui/instant-format.ts';
import { Select } from '../ui/select.tsx';
import { TextField } from '../ui/text-field.tsx';
import { useDeedWords } from './deed-words.ts';
import styles from './settings.module.css';

/** A one-time code for a new station: asked for with the manager's own password, shown once, gone when the dialog closes. */
export function NewCodeDialog(part: {
  locations: StationSettings['locations'];
  ownLocationId: string | null;
  onClose: () => void;
}) {
  const { t } = useTranslation('settings');
  const { newEnrolCode } = useStation();
  const words = useDeedWords();
  const [locationId, setLocationId] = useState(part.ownLocationId ?? part.locations[0]?.id ?? '');
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<NewCode | null>(null);
  const ask = async (): Promise<void> => {
    setBusy(true);
    const failed = (error: unknown): NewCode => ({ ok: false, code: codeOf(error) });
    setAnswer(await newEnrolCode(locationId, password).catch(failed));
    setPassword('');
    setBusy(false);
  };
  if (answer?.ok) return <ShownCode code={answer.code} expiresAtUtc={answer.expiresAtUtc} onClose={part.onClose} />;
  const blocked = isBusy ? t('stations.asking') : password === '' ? t('stations.passwordFirst') : null;
  return (
    <Dialog title={t('stations.newCode')} onClose={part.onClose} width={440}>
      <form
        className={styles.lines}
        onSubmit={(event) => {
          event.preventDefault();
          if (blocked === null) void ask();
        }}
      >
        <p>{t('stations.newCodeNote')}</p>
        <Select
          label={t('stations.location')}
          value={locationId}
          onChange={setLocationId}
          options={part.locations.map((one) => ({ value: one.id, label: one.name }))}
        />
        <TextField
          label={t('stations.password')}
          type="password"
          value={password}
          onChange={setPassword}
          error={answer === null ? null : words(answer.code)}
          autoFocus
        />
        <p className={styles.deeds}>
          <Button kind="main" type="submit" keyCap="Enter" disabledReason={blocked}>
            {t('stations.makeCode')}
          </Button>
          <Button keyCap="Esc" onClick={part.onClose}>
            {t('stations.leave')}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}

function ShownCode({ code, expiresAtUtc, onClose }: { code: string; expiresAtUtc: string; onClose: () => void }) {
  const { t, i18n } = useTranslation('settings');
  const [isCopied, setCopied] = useState(false);
  const zone = useZone();
  const until = formatInstant(expiresAtUtc, { zone, locale: i18n.language, as: 'clock', withZone: false });
  const copy = (): void => {
    navigator.clipboard.writeText(code).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <Dialog title={t('stations.codeTitle')} onClose={onClose} width={440}>
      <div className={styles.lines}>
        <output className={styles.code} dir="ltr" aria-label={t('stations.codeTitle')}>
          {code}
        </output>
        <p>{t('stations.codeNote', { until })}</p>
        <p className={styles.deeds}>
          <Button kind="main" autoFocus icon={isCopied ? <Check size={16} /> : <Copy size={16} />} onClick={copy}>
            {isCopied ? t('stations.copied') : t('stations.copy')}
          </Button>
          <Button keyCap="Esc" onClick={onClose}>
            {t('stations.done')}
          </Button>
        </p>
      </div>
    </Dialog>
  );
}
