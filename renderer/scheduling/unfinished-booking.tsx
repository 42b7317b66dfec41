import type { SavedDraft } from '../../shared/ipc/contract.ts';
import { useView } from '../bridge/use-view.ts';
import { UnfinishedNote } from '../ui/unfinished-note.tsx';

/** A booking that this person began and did not save, above the grid until they go on with it or throw it away. */
export function UnfinishedBooking(props: {
  saved: SavedDraft;
  zone: string;
  today: string;
  onContinue: () => void;
  onDiscard: () => void;
}) {
  const { saved } = props;
  const banner = useView('people/banner', saved.patientId ? { patientId: saved.patientId } : null);
  return (
    <UnfinishedNote
      what="booking"
      name={banner.state === 'ready' ? banner.value?.name.written : undefined}
      savedAtUtc={saved.savedAtUtc}
      zone={props.zone}
      today={props.today}
      onContinue={props.onContinue}
      onDiscard={props.onDiscard}
    />
  );
}
