import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CardPerson } from '../../shared/waiting-room/board-card.ts';
import { checkStep, previousStage } from '../../shared/waiting-room/rules.ts';
import type { Encounter, Stage } from '../../shared/waiting-room/schema.ts';
import { useCommand } from '../bridge/use-command.ts';
import { stationNowUtc } from '../bridge/station-clock.ts';
import { useSession } from '../bridge/use-session.ts';
import type { WalkIn } from './walk-in-panel.tsx';

export type StepBack = { encounter: Encounter; person: CardPerson; to: Stage };

/** The deeds of the board. `stepBack` is set while a way back waits for its reason (WAIT-3). */
export function useBoardDeeds() {
  const { t } = useTranslation(['waiting-room', 'kit']);
  const { run, isRunning } = useCommand();
  const { state, may } = useSession();
  const [stepBack, setStepBack] = useState<StepBack | null>(null);
  const mayMove = may('encounters.move');

  const move = async (encounter: Encounter, person: CardPerson, to: Stage, reason: string | null): Promise<void> => {
    if (isRunning || !mayMove) return;
    const done = t('moved', { name: person.name.written, stage: t(`kit:status.${to}`) });
    const seen = { [`encounter/${encounter.id}`]: encounter };
    const answer = await run('waiting-room/move', { encounterId: encounter.id, to }, { seen, reason, done });
    if (answer.ok) setStepBack(null);
  };

  return {
    mayMove,
    isRunning,
    stepBack,
    closeStepBack: (): void => setStepBack(null),
    onward: (encounter: Encounter, person: CardPerson, to: Stage | null): void => {
      if (to) void move(encounter, person, to, null);
    },
    back: (encounter: Encounter, person: CardPerson): void => {
      const to = previousStage(encounter);
      const byId = state?.user?.id ?? '';
      if (!to || !mayMove) return;
      const step = { stage: to, atUtc: stationNowUtc(), byId, inferred: false };
      if (checkStep(encounter, step, null).length > 0) setStepBack({ encounter, person, to });
      else void move(encounter, person, to, null);
    },
    backWithReason: (reason: string): void => {
      if (stepBack) void move(stepBack.encounter, stepBack.person, stepBack.to, reason);
    },
    arrive: (appointmentId: string, person: CardPerson): void => {
      if (isRunning || !mayMove) return;
      void run(
        'waiting-room/arrive',
        { appointmentId },
        { seen: {}, done: t('arrivedDone', { name: person.name.written }) },
      );
    },
    walkIn: async (input: WalkIn, name: string): Promise<boolean> =>
      (await run('waiting-room/walk-in', input, { seen: {}, done: t('arrivedDone', { name }) })).ok,
  };
}
