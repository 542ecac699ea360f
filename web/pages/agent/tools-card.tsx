import { Badge, Group, Stack, Switch, Text } from '@mantine/core';
import { Card } from '../../parts/card.tsx';
import { useWords } from '../../words/use-words.ts';
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
        <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {fixed.map((tool) => (
            <ToolLine key={tool.name} tool={tool} />
          ))}
        </Stack>
      </Stack>
    </Card>
  );
}

function ToolLine({ tool }: { readonly tool: Tool }) {
  const { tools: say } = useWords('agent');
  return (
    <Group component="li" justify="space-between" wrap="nowrap" align="flex-start" gap="md">
      <div>
        <Text size="sm" fw={550}>
          {say.names[tool.name] ?? tool.name}
        </Text>
        <Text size="sm" c="dimmed">
          {say.about_[tool.name] ?? tool.describe}
        </Text>
      </div>
      <Badge variant="light" color="gray" tt="none" fw={500} flex="none">
        {tool.isAgreed ? say.always : say.needs}
      </Badge>
    </Group>
  );
}
