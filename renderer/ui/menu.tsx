import { Menu as MantineMenu } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { KeyCap } from './key-cap.tsx';
import styles from './menu.module.css';

export type MenuEntry =
  | {
      key: string;
      label: ReactNode;
      icon?: ReactNode;
      keyCap?: string;
      second?: string;
      onClick: () => void;
      disabled?: boolean;
    }
  | { key: string; heading: string }
  | { key: string; line: true };

/** A button's menu: arrows move, letters find, Esc closes and gives the focus back. */
export function Menu({
  label,
  button,
  entries,
}: {
  label: string;
  button: ReactElement;
  entries: readonly MenuEntry[];
}) {
  return (
    <MantineMenu
      classNames={{
        dropdown: styles.menu ?? '',
        item: styles.item ?? '',
        label: styles.heading ?? '',
        divider: styles.line ?? '',
      }}
      position="bottom-end"
      transitionProps={{ duration: 0 }}
      keepMounted={false}
      // Beside its button: what a portal puts after the page stands in no landmark.
      withinPortal={false}
      // Mantine's focusable placeholder is no item, which a menu may not hold.
      withInitialFocusPlaceholder={false}
    >
      <MantineMenu.Target>{button}</MantineMenu.Target>
      <MantineMenu.Dropdown aria-label={label}>
        {entries.map((entry) => {
          if ('heading' in entry)
            return (
              <MantineMenu.Label key={entry.key} role="separator" aria-label={entry.heading}>
                {entry.heading}
              </MantineMenu.Label>
            );
          if ('line' in entry) return <MantineMenu.Divider key={entry.key} />;
          return (
            <MantineMenu.Item
              key={entry.key}
              onClick={(event) => {
                // The focus is on the button again before the deed, so that a dialog gives it back there.
                const menu = event.currentTarget.closest('[role=menu]');
                document.querySelector<HTMLElement>(`[aria-controls="${menu?.id ?? ''}"]`)?.focus();
                entry.onClick();
              }}
              leftSection={entry.icon}
              disabled={entry.disabled ?? false}
              rightSection={entry.keyCap === undefined ? undefined : <KeyCap keys={entry.keyCap} />}
            >
              {entry.label}
              {entry.second !== undefined && <span className={styles.second}>{entry.second}</span>}
            </MantineMenu.Item>
          );
        })}
      </MantineMenu.Dropdown>
    </MantineMenu>
  );
}
