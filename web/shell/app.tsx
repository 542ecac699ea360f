import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { newQueryClient } from '../api/query.ts';
import { newRouter } from './router.tsx';
import { Speaking } from './speaking.tsx';
import { readable, theme } from './theme.ts';

/** The dashboard: its look, its language, what it knows of the server, and its pages. */
export function App({ nonce }: { readonly nonce: string }) {
  const [client] = useState(newQueryClient);
  const [router] = useState(newRouter);
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      cssVariablesResolver={readable}
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={client}>
        <Speaking>
          <Notifications position="bottom-right" />
          <RouterProvider router={router} />
        </Speaking>
      </QueryClientProvider>
    </MantineProvider>
  );
}
