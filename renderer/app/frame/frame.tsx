import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { localTime } from '../../../shared/kernel/time.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { useSession } from '../../bridge/use-session.ts';
import { useZone } from '../../bridge/use-zone.ts';
import { useView } from '../../bridge/use-view.ts';
import { CheatSheet } from '../hotkeys/cheat-sheet.tsx';
import { useHotkey } from '../../ui/hotkeys.ts';
import { Palette } from '../palette/palette.tsx';
import { PatientBanner } from '../patient/patient-banner.tsx';
import { PatientTabs } from '../patient/patient-tabs.tsx';
import { go, useRoute } from '../router.ts';
import { hashOf, keysOf, type RouteName, routes } from '../routes.ts';
import { openPalette, openPatientTab, useUi } from '../ui-state.ts';
import { useNow } from '../use-now.ts';
import styles from './frame.module.css';
import { GlassStrip } from './glass-strip.tsx';
import { Rail, useRailItems } from './rail.tsx';
import { ScreenHost } from './screen-host.tsx';
import { TopBar } from './top-bar.tsx';

/** What stands around every page of a signed-in person. */
export function Frame() {
  const { t } = useTranslation('frame');
  const route = useRoute();
  const home = useRailItems()[0] ?? 'settings';
  const { palette, cheatSheet } = useUi();
  const isOnWall = route?.name === 'wall';
  useFrameKeys(!isOnWall);
  useEffect(() => {
    if (!route) go(home, {}, { replace: true });
  }, [route, home]);
  const patientId = route && 'patient' in routes[route.name] ? route.params['patientId'] : undefined;
  useEffect(() => {
    if (route && patientId !== undefined) openPatientTab(patientId, hashOf(route.name, route.params));
  }, [route, patientId]);
  if (isOnWall) return <ScreenHost name="wall" />;
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#main" onClick={skipToMain}>
        {t('skip')}
      </a>
      <Rail open={route?.name} />
      <div className={styles.column}>
        <TopBar />
        <GlassStrip />
        {patientId !== undefined && <OpenPatientHead patientId={patientId} />}
        <main id="main" tabIndex={-1} className={styles.main}>
          {route && <ScreenHost name={route.name} />}
        </main>
      </div>
      {keyed.map((name) => (
        <RouteKey key={name} name={name} />
      ))}
      {palette.open && <Palette />}
      {cheatSheet && <CheatSheet />}
    </div>
  );
}

/** A hash of its own would be a page; the focus is moved instead. */
function skipToMain(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function OpenPatientHead({ patientId }: { patientId: string }) {
  const colour = useUi((ui) => ui.openPatients.find((one) => one.patientId === patientId)?.colour ?? 0);
  const view = useView('people/banner', { patientId });
  const today = localTime(useNow(60_000), useZone()).day;
  return (
    <>
      <PatientTabs openId={patientId} />
      {view.state === 'ready' && view.value ? (
        <PatientBanner patient={view.value} colour={colour} today={today} />
      ) : (
        <div className={styles.bannerPlace} />
      )}
    </>
  );
}

const keyed = (Object.keys(routes) as RouteName[]).filter((name) => keysOf(name) !== undefined);

/** Keys that work on every page with a frame: the wall screen shows nobody what they do. */
function useFrameKeys(enabled: boolean): void {
  const { t } = useTranslation('frame');
  const { undoLast, redo } = useCommand();
  const everywhere = t('keys.everywhere');
  useHotkey('Ctrl+K', t('search'), () => openPalette(), { group: everywhere, inFields: true, enabled });
  useHotkey('Ctrl+Z', t('keys.undo'), () => void undoLast(), { group: everywhere, enabled });
  useHotkey('Ctrl+Shift+Z', t('keys.redo'), () => void redo(), { group: everywhere, enabled });
  useHotkey('?', t('keys.title'), () => useUi.setState({ cheatSheet: true }), { group: everywhere, enabled });
}

/** Binds the keys that lead to one page; draws nothing. */
function RouteKey({ name }: { name: RouteName }) {
  const { t } = useTranslation('frame');
  const { may } = useSession();
  const enabled = may(routes[name].permission) && name !== 'visit';
  useHotkey(keysOf(name) ?? '', t(`page.${name}`), () => go(name), { group: t('keys.pages'), enabled });
  return null;
}
