import { Group, Text } from '@mantine/core';

/** The name, and the way home. */
export function Brand() {
  return (
    <Group component="a" gap={8} wrap="nowrap" c="inherit" td="none" {...{ href: '/' }}>
      <img src="/favicon.svg" alt="" width={24} height={24} />
      <Text fw={680} fz={17} lh={1}>
        Sotto
      </Text>
    </Group>
  );
}
