import { createTheme, MantineProvider } from '@mantine/core';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/Menu.css';
import '@mantine/core/styles/Tooltip.css';
import type { ReactNode } from 'react';
import './fonts.css';
import './tokens.css';
import './base.css';

const theme = createTheme({ fontFamily: 'var(--font)', respectReducedMotion: true });

/** The style nonce that main put into the page; empty where there is none. */
const nonce = (): string => document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? '';

/** What the kit stands on: fonts, tokens, and Mantine with the page's nonce for the styles it makes. */
export function KitProvider({ theme: scheme, children }: { theme: 'light' | 'dark'; children: ReactNode }) {
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme} getStyleNonce={nonce} withGlobalClasses={false}>
      {children}
    </MantineProvider>
  );
}
