import { Group, Stack, Switch, Text } from '@mantine/core';
import { IconCheck, IconLock } from '@tabler/icons-react';
import { Card } from '../../parts/card.tsx';
import { useWords } from '../../words/use-words.ts';
import classes from './agent.module.css';
import type { Options, PartProps } from './editor.tsx';

type Tool = Options['tools'][number];

/** Everything the secretary can do besides speaking. Most of it is always there; the rest is switched on by name. */
export function ToolsCard({ draft, options, isLocked }: PartProps) {
  const { tools: say } = useWords('agent');
  const { agent, set } = draft;
  const toggle = (name: string, isOn: boolean) =>
    set({ tools: isOn ? [...agent.tools, name] : agent.tools.filter((one) => one !== name) });
  const fixed = options.tools.filter(({ isOptional }) => !isOptional);
  const optional = options.tools.filter(({ isOptional }) => isOptional);
  return (
    <Card title={say.title} about={say.about}>
      <Stack gap="md">
        {optional.map((tool) => (
          <Switch
            key={tool.name}
            label={say.names[tool.name] ?? tool.name}
            description={say.about_[tool.name] ?? tool.describe}
            checked={agent.tools.includes(tool.name)}
            onChange={({ currentTarget: { checked } }) => toggle(tool.name, checked)}
            disabled={isLocked}
          />
        ))}
        <div>
          <Text size="sm" fw={600} mb="xs">
            {say.always}
          </Text>
          <ul className={classes['tools']}>
            {fixed.map((tool) => (
              <ToolLine key={tool.name} tool={tool} />
            ))}
          </ul>
        </div>
      </Stack>
    </Card>
  );
}

function ToolLine({ tool }: { readonly tool: Tool }) {
  const { tools: say } = useWords('agent');
  const Icon = tool.isAgreed ? IconCheck : IconLock;
  return (
    <Group component="li" wrap="nowrap" align="flex-start" gap="xs">
      <Icon
        size={16}
        color="var(--mantine-primary-color-filled)"
        style={{ marginBlockStart: 3, flex: 'none' }}
        aria-hidden
      />
      <div>
        <Text size="sm" fw={550}>
          {say.names[tool.name] ?? tool.name}
        </Text>
        <Text size="sm" c="dimmed">
          {tool.isAgreed ? (say.about_[tool.name] ?? tool.describe) : say.needs}
        </Text>
      </div>
    </Group>
  );
}
