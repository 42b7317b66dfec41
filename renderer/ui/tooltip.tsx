import { Tooltip as MantineTooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import { KeyCap } from './key-cap.tsx';
import styles from './tooltip.module.css';

/** Words for the control they stand at, on hover and on focus. The control keeps its own name. */
export function Tooltip({
  label,
  keyCap,
  children,
}: {
  label: string;
  keyCap?: string | undefined;
  children: ReactElement;
}) {
  return (
    <MantineTooltip
      label={
        <>
          {label}
          {keyCap !== undefined && <KeyCap keys={keyCap} tone="on-toast" />}
        </>
      }
      classNames={{ tooltip: styles.tooltip ?? '' }}
      events={{ hover: true, focus: true, touch: false }}
      openDelay={300}
      multiline
      transitionProps={{ duration: 0 }}
    >
      {children}
    </MantineTooltip>
  );
}
