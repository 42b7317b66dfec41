import { CornerDownLeft } from 'lucide-react';
import { Fragment } from 'react';
import { classNames } from './class-names.ts';
import styles from './key-cap.module.css';

/** Keys as they stand on a keyboard: `Ctrl+Enter`, `Esc`, `G S` (one after the other). Read out by the control they belong to. */
export function KeyCap({ keys, tone }: { keys: string; tone?: 'plain' | 'on-accent' | 'on-toast' }) {
  return (
    <span className={styles.keys} aria-hidden="true">
      {keys.split(' ').map((chord, at) => (
        <Fragment key={`${chord} ${at}`}>
          {splitKeys(chord).map((cap) => (
            <kbd key={cap} className={classNames(styles.cap, tone && tone !== 'plain' && styles[tone])}>
              {cap === 'Enter' ? <CornerDownLeft size={11} /> : cap}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}

/** `Ctrl+K` as one cap with a blank, as the pictures have it; keys after it that are symbols get their own. */
function splitKeys(chord: string): string[] {
  if (chord === '+') return ['+'];
  const parts = chord.split('+').filter((part) => part !== '');
  return parts.includes('Enter') ? parts : [parts.join(' ')];
}
