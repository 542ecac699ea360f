import { NavLink, ScrollArea, Stack, Text } from '@mantine/core';
import {
  IconAddressBook,
  IconCalendar,
  IconChecklist,
  IconHistory,
  IconHome,
  IconKey,
  IconMessage,
  IconPhoneCall,
  IconPlug,
  IconSettings,
  IconShieldCheck,
  IconTrash,
  IconUsers,
  IconUserStar,
} from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useMe, type Me } from '../api/me.ts';
import { BrokenPromises } from '../parts/broken-promises.tsx';
import { pageRoutes, type PageRoute } from '../routes.ts';
import { useWords } from '../words/use-words.ts';

const groups = {
  work: ['today', 'calls', 'messages', 'leads', 'appointments'],
  set: ['setup', 'agent', 'connections', 'team', 'keys', 'settings'],
  watch: ['trust', 'deletion', 'audit'],
} as const;

const icons = {
  today: IconHome,
  calls: IconPhoneCall,
  messages: IconMessage,
  leads: IconAddressBook,
  appointments: IconCalendar,
  setup: IconChecklist,
  agent: IconUserStar,
  connections: IconPlug,
  team: IconUsers,
  keys: IconKey,
  settings: IconSettings,
  trust: IconShieldCheck,
  deletion: IconTrash,
  audit: IconHistory,
} as const;

type Name = keyof typeof icons;

/** The pages that whoever is signed in may see. One that they may not, or that is not there, is absent. */
export function Navigation() {
  const say = useWords('shell');
  const me = useMe();
  return (
    <ScrollArea type="auto" component="nav" aria-label={say.menu}>
      {Object.entries(groups).map(([group, names]) => {
        const shown = names.flatMap((name) => linkOf(name, me));
        if (shown.length === 0) return null;
        return (
          <Stack key={group} gap={2} mb="md">
            <Text size="xs" fw={600} c="dimmed" px="sm" py={4} id={`nav-${group}`}>
              {say.groups[group as keyof typeof groups]}
            </Text>
            {shown.map(({ name, path }) => (
              <PageLink key={name} name={name} path={path} label={say.pages[name] ?? name} />
            ))}
          </Stack>
        );
      })}
    </ScrollArea>
  );
}

function linkOf(name: Name, { grants }: Me): readonly { readonly name: Name; readonly path: string }[] {
  const page = pageRoutes.find((one) => one.page === name);
  return page && isAllowed(page, grants) ? [{ name, path: page.path }] : [];
}

function isAllowed({ may }: PageRoute, grants: Me['grants']): boolean {
  return !may.includes(':') || grants[may] !== undefined;
}

function PageLink({ name, path, label }: { readonly name: Name; readonly path: string; readonly label: string }) {
  const { pathname } = useLocation();
  const Icon = icons[name];
  const isHere = path === '/' ? pathname === '/' : pathname === path || pathname.startsWith(`${path}/`);
  return (
    <NavLink
      component={Link}
      {...{ to: path }}
      label={label}
      active={isHere}
      aria-current={isHere ? 'page' : undefined}
      leftSection={<Icon size={18} stroke={1.7} aria-hidden />}
      rightSection={name === 'trust' && <BrokenPromises />}
      py={7}
      bdrs="sm"
    />
  );
}
