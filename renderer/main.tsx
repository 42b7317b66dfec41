import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { startI18n } from './app/i18n/i18n.ts';
import { BridgeProvider, createBridgeServices } from './bridge/bridge-context.tsx';
import { windowBridge } from './bridge/praxis-bridge.ts';

startI18n(navigator.language);

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');

createRoot(root).render(
  <StrictMode>
    <BridgeProvider services={createBridgeServices(windowBridge())}>
      <App />
    </BridgeProvider>
  </StrictMode>,
);
