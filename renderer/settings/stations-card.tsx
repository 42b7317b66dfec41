import { Ban, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StationSettings } from '../bridge/station-answers.ts';
import { useSession } from '../bridge/use-session.ts';
import { useZone } from '../bridge/use-zone.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Chip } from '../ui/chip.tsx';
import { formatInstant } from '../ui/instant-format.ts';
import { IconTile, List, ListRow } from '../ui/list.tsx';
import { NewCodeDialog } from './new-code-dialog.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';

type StationRow = StationSettings['stations'][number];

/** Every station of the organization: who they are, when they were last heard of, and what a manager does about them. */
export function StationsCard({ settings }: { settings: StationSettings }) {
  const { t } = useTranslation('settings');
  const { may } = useSession();
  const [isAsking, setAsking] = useState(false);
  const [revoking, setRevoking] = useState<StationRow | null>(null);
  const blocked = may('settings.write') ? null : t('stations.managersOnly');
  // Those in use first; a revoked one stays in the list, because its numbers stay in the books.
  const rows = settings.stations.toSorted(
    (a, b) => Number(a.revokedAtUtc !== null) - Number(b.revokedAtUtc !== null) || (a.code < b.code ? -1 : 1),
  );
  return (
    <Card
      title={t('stations.title')}
      note={t('stations.note')}
      aside={
        <Button icon={<KeyRound size={16} />} disabledReason={blocked} onClick={() => setAsking(true)}>
          {t('stations.newCode')}
        </Button>
      }
    >
      <List label={t('stations.title')}>
        {rows.map((station) => (
          <Row key={station.id} station={station} blocked={blocked} onRevoke={() => setRevoking(station)} />
        ))}
      </List>
      {isAsking && (
        <NewCodeDialog
          locations={settings.locations}
          ownLocationId={settings.locationId}
          onClose={() => setAsking(false)}
        />
      )}
      {revoking && <RevokeDialog station={revoking} onClose={() => setRevoking(null)} />}
    </Card>
  );
}

function Row({ station, blocked, onRevoke }: { station: StationRow; blocked: string | null; onRevoke: () => void }) {
  const { t, i18n } = useTranslation('settings');
  const zone = useZone();
  const at = (atUtc: string): string =>
    formatInstant(atUtc, { zone, locale: i18n.language, as: 'day-clock', withZone: false });
  const seen =
    station.lastSeenUtc === null ? t('stations.notSeen') : t('stations.seen', { at: at(station.lastSeenUtc) });
  return (
    <ListRow
      mark={<IconTile>{station.code}</IconTile>}
      title={
        <>
          <bdi>{station.name}</bdi> {station.isHere && <Chip>{t('stations.here')}</Chip>}
        </>
      }
      second={`${station.locationName} · ${seen}`}
      middle={
        station.revokedAtUtc === null ? (
          <Button
            size="toolbar"
            icon={<Ban size={16} />}
            disabledReason={blocked}
            onClick={onRevoke}
            aria-label={t('stations.revokeOf', { name: station.name })}
          >
            {t('stations.revoke')}
          </Button>
        ) : (
          <Chip tone="red">{t('stations.revokedAt', { at: at(station.revokedAtUtc) })}</Chip>
        )
      }
    />
  );
}
