import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import styles from './button.module.css';
import { classNames } from './class-names.ts';
import { KeyCap } from './key-cap.tsx';
import { Tooltip } from './tooltip.tsx';

type Common = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type' | 'disabled'> & {
  /** Why it can't be pressed now; the button keeps its words and says this on hover and focus. */
  disabledReason?: string | null | undefined;
  type?: 'button' | 'submit';
  ref?: Ref<HTMLButtonElement>;
};

export type ButtonProps = Common & {
  kind?: 'main' | 'plain' | 'quiet' | 'danger';
  /** Toolbar 28 px, control 32 px, main 36 px. */
  size?: 'toolbar' | 'control' | 'main';
  icon?: ReactNode;
  /** The key that presses it, as `Ctrl+Enter`. */
  keyCap?: string;
  wide?: boolean;
};

/** A button says the deed and the person: "Sign note for …". One main button per card or panel. */
export function Button({
  kind = 'plain',
  size = 'control',
  icon,
  keyCap,
  wide,
  children,
  className,
  ...rest
}: ButtonProps) {
  return (
    <BareButton
      {...rest}
      aria-keyshortcuts={keyCap?.replace('Ctrl', 'Control')}
      className={classNames(styles.button, styles[kind], styles[`size-${size}`], wide && styles.wide, className)}
    >
      {icon}
      <span className={styles.words}>{children}</span>
      {keyCap !== undefined && <KeyCap keys={keyCap} tone={kind === 'main' ? 'on-accent' : 'plain'} />}
    </BareButton>
  );
}

/** A button of one icon; `label` is its name and its tooltip. */
export function IconButton({
  label,
  size = 'control',
  framed = false,
  keyCap,
  children,
  className,
  ...rest
}: Common & { label: string; size?: 'toolbar' | 'control'; framed?: boolean; keyCap?: string }) {
  return (
    <Tooltip label={label} keyCap={keyCap}>
      <BareButton
        {...rest}
        aria-label={label}
        className={classNames(
          styles.button,
          framed ? styles.plain : styles.quiet,
          styles[`size-${size}`],
          styles.icon,
          className,
        )}
      >
        {children}
      </BareButton>
    </Tooltip>
  );
}

function BareButton({ disabledReason, type = 'button', onClick, children, ...rest }: Common) {
  const isDisabled = disabledReason !== undefined && disabledReason !== null;
  const button = (
    <button
      {...rest}
      type={isDisabled ? 'button' : type}
      aria-disabled={isDisabled || undefined}
      onClick={isDisabled ? undefined : onClick}
    >
      {children}
    </button>
  );
  return isDisabled && disabledReason !== '' ? <Tooltip label={disabledReason}>{button}</Tooltip> : button;
}
