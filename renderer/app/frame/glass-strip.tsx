import { ShieldAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../bridge/use-command.ts';
import { useSession } from '../../bridge/use-session.ts';
import { useZone } from '../../bridge/use-zone.ts';
import { Button } from '../../ui/button.tsx';
import { formatInstant } from '../../ui/instant-format.ts';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import styles from './glass-strip.module.css';

/**
 * Stands above every page of a station that was without the server for too long: reading goes on, and whoever must write breaks
 * the glass with a reason that a manager will read. Never a closed door.
 */
export function GlassStrip() {
  const { t, i18n } = useTranslation('frame');
  const { state } = useSession();
  const zone = useZone();
  const [isAsking, setAsking] = useState(false);
  const station = state?.station;
  if (!station?.readOnly) return null;
  const until = station.glassBrokenUntilUtc;
  const clock = until && formatInstant(until, { zone, locale: i18n.language, as: 'clock', withZone: false });
  return (
    <section className={styles.strip} data-broken={until !== null} aria-label={t('glass.label')}>
      <ShieldAlert size={16} aria-hidden="true" />
      <p>{clock ? t('glass.broken', { clock }) : t('glass.readOnly')}</p>
      {!clock && (
        <Button size="toolbar" onClick={() => setAsking(true)}>
          {t('glass.break')}
        </Button>
      )}
      {isAsking && <GlassDialog stationId={station.id} onClose={() => setAsking(false)} />}
    </section>
  );
}

function GlassDialog({ stationId, onClose }: { stationId: string; onClose: () => void }) {
  const { t } = useTranslation('frame');
  const { run, isRunning } = useCommand();
  const breakIt = async (reason: string): Promise<void> => {
    const answer = await run('stations/break-glass', { stationId }, { seen: {}, reason });
    if (answer.ok) onClose();
  };
  return (
    <ReasonDialog
      title={t('glass.title')}
      notes={[t('glass.note')]}
      doIt={t('glass.break')}
      leaveIt={t('glass.leave')}
      isRunning={isRunning}
      onReason={(reason) => void breakIt(reason)}
      onClose={onClose}
    />
  );
}
