import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ResourceKind } from '../../shared/scheduling/schema.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { SegmentedControl } from '../ui/segmented-control.tsx';
import { dayWords } from './day-words.ts';
import { PrintMenu } from './print-menu.tsx';
import styles from './schedule-screen.module.css';
import { useWords } from './words.ts';

export type Span = '1' | '3' | '7';

type Part = {
  locationId: string;
  day: string;
  span: Span;
  kind: ResourceKind;
  onToday: () => void;
  onStep: (direction: 1 | -1) => void;
  onSpan: (span: Span) => void;
  onKind: (kind: ResourceKind) => void;
};

/** Which day, how many, whose columns. */
export function ScheduleToolbar(part: Part) {
  const { say, locale } = useWords('scheduling');
  const spans: Span[] = ['1', '3', '7'];
  const kinds: ResourceKind[] = ['practitioner', 'room', 'device'];
  return (
    <header className={styles.toolbar}>
      <Button keyCap="Alt+T" onClick={part.onToday}>
        {say('today')}
      </Button>
      <IconButton label={say('dayBack')} keyCap="Alt+←" onClick={() => part.onStep(-1)}>
        <ChevronLeft size={18} />
      </IconButton>
      <IconButton label={say('dayOn')} keyCap="Alt+→" onClick={() => part.onStep(1)}>
        <ChevronRight size={18} />
      </IconButton>
      <h1>{dayWords(part.day, locale, 'long')}</h1>
      <SegmentedControl
        label={say('span.label')}
        options={spans.map((value) => ({ value, label: say(`span.${value}`) }))}
        value={part.span}
        onChange={part.onSpan}
      />
      <SegmentedControl
        label={say('columns.label')}
        options={kinds.map((value) => ({ value, label: say(`columns.${value}`) }))}
        value={part.kind}
        onChange={part.onKind}
      />
      <PrintMenu locationId={part.locationId} day={part.day} />
    </header>
  );
}
