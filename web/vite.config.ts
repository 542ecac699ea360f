import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** How the dashboard is built. Nothing is put into a data: URL, because the content security policy allows none. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    emptyOutDir: true,
    chunkSizeWarningLimit: 900,
  },
});
