import { Anchor, Box, Group, Select, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { Brand } from '../shell/brand.tsx';
import { useChooseLanguage } from '../shell/speaking.tsx';
import { localeNames, locales, useLocale, useWords } from '../words/use-words.ts';

type Props = {
  readonly title: string;
  readonly about?: string | undefined;
  /** Above the title: where in several steps one is. */
  readonly above?: ReactNode;
  readonly width?: number;
  readonly children?: ReactNode;
  /** Under the sheet: the other way in. */
  readonly below?: ReactNode;
};

/** The frame of the pages for whoever is not in yet: one sheet, one thing to do. */
export function EntryFrame({ title, about, above, width = 420, children, below }: Props) {
  useEffect(() => {
    document.title = `${title} · Sotto`;
  }, [title]);
  return (
    <Stack mih="100vh" gap={0} align="center" px="md" py={{ base: 'lg', sm: 48 }}>
      <Box component="header" w="100%" maw={width} mb="xl">
        <Group justify="space-between">
          <Brand />
          <LanguageChoice />
        </Group>
      </Box>
      <Box component="main" w="100%" maw={width} flex={1}>
        {above}
        <Title order={1} fz={{ base: 26, sm: 30 }} lh={1.15}>
          {title}
        </Title>
        {about !== undefined && (
          <Text c="dimmed" mt={8}>
            {about}
          </Text>
        )}
        <Box mt="xl">{children}</Box>
        {below !== undefined && (
          <Text component="div" size="sm" ta="center" mt="xl">
            {below}
          </Text>
        )}
      </Box>
      <Footer />
    </Stack>
  );
}

function Footer() {
  const say = useWords('signIn');
  return (
    <Box component="footer" pt={48}>
      <Anchor href="/trust" size="sm" c="dimmed">
        {say.promises}
      </Anchor>
    </Box>
  );
}

function LanguageChoice() {
  const say = useWords('shell');
  const locale = useLocale();
  const choose = useChooseLanguage();
  return (
    <Select
      size="xs"
      w={112}
      variant="default"
      aria-label={say.language}
      allowDeselect={false}
      data={locales.map((one) => ({ value: one, label: localeNames[one] }))}
      value={locale.split('-')[0] ?? 'en'}
      onChange={(next) => choose(next ?? 'en')}
    />
  );
}
