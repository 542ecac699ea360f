import { Group, Text } from '@mantine/core';

type Props = {
  /** On a telephone the word gives its room to what stands beside it, in any language. */
  readonly isShort?: boolean;
};

/** The name, and the way home. */
export function Brand({ isShort = false }: Props) {
  return (
    <Group component="a" gap={8} wrap="nowrap" c="inherit" td="none" {...{ href: '/' }}>
      <img src="/favicon.svg" alt={isShort ? 'Sotto' : ''} width={24} height={24} />
      <Text fw={680} fz={17} lh={1} aria-hidden={isShort} {...(isShort && { visibleFrom: 'xs' as const })}>
        Sotto
      </Text>
    </Group>
  );
}
