import { ActionIcon, Avatar, Menu, Text, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconCheck, IconLogout, IconUser } from '@tabler/icons-react';
import { api } from '../api/client.ts';
import { useMe } from '../api/me.ts';
import { problemOf } from '../api/problem.ts';
import { useTell } from '../parts/use-tell.ts';
import { localeNames, locales, useLocale, useWords } from '../words/use-words.ts';
import { Organisations } from './organisations.tsx';
import { useChooseLanguage } from './speaking.tsx';

const schemes: readonly (readonly [MantineColorScheme, 'light' | 'dark' | 'likeDevice'])[] = [
  ['light', 'light'],
  ['dark', 'dark'],
  ['auto', 'likeDevice'],
];

/** Who is signed in, how the pages look and speak, and the way out. */
export function AccountMenu() {
  const say = useWords('shell');
  const { session } = useMe();
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="subtle" size="lg" radius="xl">
          <Avatar name={session.name} size={32} color="sotto" />
          <span className="aloud">{say.account}</span>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Text px="sm" py={6} size="sm" c="dimmed" truncate>
          {session.email}
        </Text>
        <Menu.Item component="a" href="/account" leftSection={<IconUser size={16} aria-hidden />}>
          {say.account}
        </Menu.Item>
        <Menu.Divider />
        <Organisations />
        <Appearance />
        <Menu.Divider />
        <Languages />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void signOut()}>
          {say.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Appearance() {
  const say = useWords('shell');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{say.appearance}</Menu.Label>
      {schemes.map(([scheme, word]) => (
        <Choice key={scheme} isChosen={colorScheme === scheme} onChoose={() => setColorScheme(scheme)}>
          {say[word]}
        </Choice>
      ))}
    </>
  );
}

function Languages() {
  const say = useWords('shell');
  const locale = useLocale();
  const choose = useChooseLanguage();
  return (
    <>
      <Menu.Label>{say.language}</Menu.Label>
      {locales.map((one) => (
        <Choice key={one} isChosen={locale.split('-')[0] === one} onChoose={() => choose(one)}>
          {localeNames[one]}
        </Choice>
      ))}
    </>
  );
}

type ChoiceProps = { readonly isChosen: boolean; readonly onChoose: () => void; readonly children: string };

function Choice({ isChosen, onChoose, children }: ChoiceProps) {
  return (
    <Menu.Item
      aria-current={isChosen ? 'true' : undefined}
      rightSection={isChosen ? <IconCheck size={16} aria-hidden /> : null}
      onClick={onChoose}
    >
      {children}
    </Menu.Item>
  );
}

/**
 * Whoever signs out does not come back to where they were; the page hears that its session is over as well. Whoever could
 * not be signed out is told so, and stays.
 */
function useSignOut(): () => Promise<void> {
  const { problems } = useWords('shell');
  const tell = useTell();
  return async () => {
    const { dataset } = document.documentElement;
    dataset['leaving'] = 'yes';
    try {
      await api('POST /api/v1/sign-out');
    } catch (error) {
      const { code, detail } = problemOf(error);
      if (code !== 'sign-in-needed') {
        delete dataset['leaving'];
        return tell(problems[code]?.detail ?? detail);
      }
    }
    location.replace('/sign-in');
  };
}
