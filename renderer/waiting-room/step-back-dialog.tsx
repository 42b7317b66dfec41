import { useTranslation } from 'react-i18next';
import { STEP_BACK_MIN } from '../../shared/waiting-room/rules.ts';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import type { StepBack } from './use-board-deeds.ts';

/** Asks why a visit goes back, where the law wants a reason (WAIT-3). */
export function StepBackDialog({
  stepBack,
  onReason,
  onClose,
}: {
  stepBack: StepBack;
  onReason: (reason: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation(['waiting-room', 'kit']);
  const words = { name: stepBack.person.name.written, stage: t(`kit:status.${stepBack.to}`) };
  return (
    <ReasonDialog
      title={t('back.title', words)}
      hint={t('back.why', { minutes: STEP_BACK_MIN })}
      doIt={t('back.do', words)}
      kind="main"
      onReason={onReason}
      onClose={onClose}
    />
  );
}
