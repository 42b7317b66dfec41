import { KeyCap } from '../ui/key-cap.tsx';
import styles from './schedule-screen.module.css';
import { useWords } from './words.ts';

const idle = ['A', 'W', 'R', 'N', 'C', 'M', 'Enter'];

/** The keys that work on the grid now, in the corner where they disturb nobody. */
export function GridKeysHint(part: { moving: boolean }) {
  const { say } = useWords('scheduling');
  const hints = part.moving
    ? [
        ['↑↓←→', 'carry'],
        ['Shift+↑↓', 'resize'],
        ['Enter', 'drop'],
        ['Esc', 'leave'],
      ]
    : idle.map((key) => [key, `on.${key}`]);
  return (
    <p className={styles.keys} role={part.moving ? 'status' : undefined}>
      {hints.map(([key = '', name = '']) => (
        <span key={key}>
          <KeyCap keys={key} /> {say(`keys.${name}`)}
        </span>
      ))}
    </p>
  );
}
