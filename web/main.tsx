import '@fontsource-variable/inter/index.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './shell/global.css';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './shell/app.tsx';
import { refuseMarkup } from './shell/trusted-types.ts';

refuseMarkup();
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
setNonce(nonce);
createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <App nonce={nonce} />
  </StrictMode>,
);
