import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Builds the screens into `dist/renderer`. The imaging route is a chunk of its own: every screen is loaded when it is opened. */
export default defineConfig({
  root: path('.'),
  base: '/',
  plugins: [react()],
  resolve: { alias: { xmlbuilder2: path('./imaging/xmlbuilder2-stub.ts') } },
  worker: { format: 'es' },
  optimizeDeps: { exclude: ['@cornerstonejs/dicom-image-loader'], include: ['dicom-parser'] },
  build: {
    outDir: path('../dist/renderer'),
    emptyOutDir: true,
    target: 'esnext',
    // Fonts and pictures stay files: the policy allows data: for pictures alone.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 5000,
    reportCompressedSize: false,
  },
});
