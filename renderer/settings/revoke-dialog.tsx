import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../bridge/praxis-bridge.ts';
import type { StationSettings } from '../bridge/station-answers.ts';
import { useStation } from '../bridge/use-station.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/text-field.tsx';
import { showToast } from '../ui/toast-store.ts';
import { useDeedWords } from './deed-words.ts';
import styles from './settings.module.css';

/** Ends a station's trust: says what that means, and asks for the reason and the manager's own password. */
export function RevokeDialog({
  station,
  onClose,
}: {
  station: StationSettings['stations'][number];
  onClose: () => void;
}) {
  const { t } = useTranslation('settings');
  const { revokeStation } = useStation();
  const queries = useQueryClient();
  const words = useDeedWords();
  const [reason, setReason] = useState('');
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const revoke = async (): Promise<void> => {
    setBusy(true);
    const answer = await revokeStation(station.id, reason.trim(), password).catch((error: unknown) => ({
      ok: false as const,
      code: codeOf(error),
    }));
    setBusy(false);
    setPassword('');
    if (!answer.ok) return setFailure(answer.code);
    showToast({ words: t('stations.revoked', { name: station.name }), undo: null });
    void queries.invalidateQueries({ queryKey: ['station', 'settings'] });
    onClose();
  };
  const isReady = reason.trim() !== '' && password !== '';
  const blocked = isBusy ? t('stations.asking') : isReady ? null : t('stations.reasonFirst');
  return (
    <Dialog title={t('stations.revokeTitle', { name: station.name })} onClose={onClose} width={480}>
      <form
        className={styles.lines}
        onSubmit={(event) => {
          event.preventDefault();
          if (blocked === null) void revoke();
        }}
      >
        <p>{t(station.isHere ? 'stations.revokeHere' : 'stations.revokeNote')}</p>
        <TextField
          label={t('stations.reason')}
          value={reason}
          onChange={setReason}
          required
          autoFocus
          maxLength={2000}
        />
        <TextField
          label={t('stations.password')}
          type="password"
          value={password}
          onChange={setPassword}
          error={failure === null ? null : words(failure)}
        />
        <p className={styles.deeds}>
          <Button kind="danger" type="submit" disabledReason={blocked}>
            {t('stations.revokeDeed', { code: station.code })}
          </Button>
          <Button keyCap="Esc" onClick={onClose}>
            {t('stations.leave')}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}
