import type { DayView } from '../../shared/scheduling/day-views.ts';
import type { ResourceKind } from '../../shared/scheduling/schema.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import type { Show } from './grid-model.ts';
import { statusOf } from './grid-model.ts';
import styles from './schedule-screen.module.css';
import { useWords } from './words.ts';

/** Which columns and which bookings are drawn. */
export function ShowFilters({
  view,
  kind,
  show,
  onShow,
}: {
  view: DayView;
  kind: ResourceKind;
  show: Show;
  onShow: (show: Show) => void;
}) {
  const { say } = useWords('scheduling');
  const columns = view.columns.filter(
    (one) => one.resourceKind === kind || (kind === 'practitioner' && one.resourceKind === 'device'),
  );
  const toggle = (id: string): void => {
    const hidden = new Set(show.hidden);
    if (!hidden.delete(id)) hidden.add(id);
    onShow({ ...show, hidden });
  };
  const count = (status: string): number => view.blocks.filter((one) => statusOf(one) === status).length;
  return (
    <section className={styles.filters} aria-label={say('show')}>
      <h3>{say('show')}</h3>
      {columns.map((one) => (
        <Checkbox
          key={one.resourceId}
          checked={!show.hidden.has(one.resourceId)}
          onChange={() => toggle(one.resourceId)}
        >
          {one.name}
        </Checkbox>
      ))}
      <Checkbox checked={show.cancelled} onChange={(cancelled) => onShow({ ...show, cancelled })}>
        {say('showCancelled', { count: count('cancelled') })}
      </Checkbox>
      <Checkbox checked={show.noShows} onChange={(noShows) => onShow({ ...show, noShows })}>
        {say('showNoShows', { count: count('no_show') })}
      </Checkbox>
    </section>
  );
}
