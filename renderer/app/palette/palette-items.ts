import type { LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../bridge/use-session.ts';
import { useView } from '../../bridge/use-view.ts';
import type { PatientHit } from '../patient/banner-patient.ts';
import { go } from '../router.ts';
import { useUi } from '../ui-state.ts';
import { keysOf, routes } from '../routes.ts';
import { generalActions, pageIcon, pages, patientActions, setTheme } from './actions.ts';
import { matchesWords } from './match.ts';

export type PaletteItem =
  | { key: string; group: 'patients'; hit: PatientHit; run: () => void }
  | {
      key: string;
      group: 'actions' | 'pages';
      words: string;
      icon: LucideIcon;
      keyCap: string | undefined;
      run: () => void;
    };

/** What the palette offers for what is typed: people first, then deeds (with the first person), then pages. */
export function usePaletteItems(text: string): { items: PaletteItem[]; people: number; isAsking: boolean } {
  const { t } = useTranslation('frame');
  const { may, lock } = useSession();
  const query = text.trim();
  const view = useView('people/search', query === '' || !may('patients.view') ? null : { text: query });
  const hits = view.state === 'ready' && query !== '' ? view.value.hits : [];
  const first = hits[0];
  const run = {
    newPatient: () => {
      useUi.setState({ newPatientName: query });
      go('patients', { do: 'register' });
    },
    lock: () => void lock(),
    light: () => setTheme('light'),
    dark: () => setTheme('dark'),
  };

  const patients = hits.slice(0, 6).map(
    (hit): PaletteItem => ({
      key: `patient ${hit.patientId}`,
      group: 'patients',
      hit,
      run: () => go('patient', { patientId: hit.patientId }),
    }),
  );
  const withPerson = first
    ? patientActions
        .filter((action) => may(action.permission))
        .map(
          (action): PaletteItem => ({
            key: action.key,
            group: 'actions',
            words: t(`action.${action.key}`, { name: first.name.latin || first.name.written }),
            icon: action.icon,
            keyCap: action.keyCap,
            run: () => action.run(first.patientId),
          }),
        )
    : [];
  const general = generalActions
    .filter((action) => action.permission === null || may(action.permission))
    .map((action): PaletteItem & { words: string } => ({
      key: action.key,
      group: 'actions',
      words: t(`action.${action.key}`, { text: query }),
      icon: action.icon,
      keyCap: action.keyCap,
      run: run[action.key],
    }))
    .filter(
      (item) => query === '' || matchesWords(item.words, query) || (item.key === 'newPatient' && hits.length < 6),
    );
  const toPages = pages
    .filter((name) => may(routes[name].permission))
    .map((name): PaletteItem & { words: string } => {
      return {
        key: `page ${name}`,
        group: 'pages',
        words: t(`page.${name}`),
        icon: pageIcon,
        keyCap: keysOf(name),
        run: () => go(name),
      };
    })
    .filter((item) => query === '' || matchesWords(item.words, query));
  const isAsking = query !== '' && view.state === 'loading';
  return { items: [...patients, ...withPerson, ...general, ...toPages], people: hits.length, isAsking };
}
