import { AppShell, Burger, Group, Loader, Center, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { MeContext } from '../api/me.ts';
import { problemOf } from '../api/problem.ts';
import { ProblemView } from '../parts/problem-view.tsx';
import { StepUp } from '../parts/step-up-dialog.tsx';
import { useWords } from '../words/use-words.ts';
import { AccountMenu } from './account-menu.tsx';
import { Brand } from './brand.tsx';
import { CallButton } from './call-button.tsx';
import { Live } from './live.tsx';
import { Navigation } from './navigation.tsx';
import { useWhoIsHere } from './who-is-here.ts';

/** The frame of all pages for people who are signed in. Who is not goes to sign in, and comes back. */
export function Layout() {
  const here = useWhoIsHere();
  if (here.state === 'here') {
    return (
      <MeContext value={here.me}>
        <StepUp>
          <Frame business={here.me.organisation?.name} />
        </StepUp>
      </MeContext>
    );
  }
  return (
    <Center mih="60vh" p="md" component="main">
      {here.state === 'refused' ? (
        <ProblemView problem={problemOf(here.error)} onRetry={here.retry} />
      ) : (
        <Loader type="dots" />
      )}
    </Center>
  );
}

function Frame({ business }: { readonly business: string | undefined }) {
  const say = useWords('shell');
  const [opened, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  useEffect(close, [pathname, close]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <a href="#content" className="skip">
        {say.skip}
      </a>
      <AppShell.Header px="md">
        <Group h="100%" justify="space-between" wrap="nowrap" gap="sm">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={say.menu} />
            <Brand isShort />
            <Text c="dimmed" size="sm" truncate visibleFrom="xs">
              {business}
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            {business !== undefined && <Live />}
            <CallButton />
            <AccountMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm">
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}
