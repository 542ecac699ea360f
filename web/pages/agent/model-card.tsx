import { Anchor, Badge, Group, Radio, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useCan } from '../../api/me.ts';
import { Card } from '../../parts/card.tsx';
import { errorAt } from '../../parts/mistakes.ts';
import { useWords } from '../../words/use-words.ts';
import type { Agent, Changes } from './draft.ts';
import type { Options, PartProps } from './editor.tsx';
import { SpeechFields } from './speech-fields.tsx';

type Model = Options['models'][number];

/** Who thinks for the secretary, and how it sounds. */
export function ModelCard(part: PartProps) {
  const { model: say, mistakes: wrong } = useWords('agent');
  const { draft, options, isLocked } = part;
  const { agent, set, mistakes } = draft;
  const choose = (id: string) => {
    const model = options.models.find((one) => one.id === id);
    if (model) set(withModel(agent, model));
  };
  return (
    <Card title={say.title} about={say.about}>
      <Stack gap="lg">
        <Radio.Group
          label={say.which}
          value={agent.model}
          onChange={choose}
          error={errorAt(mistakes, '/model', wrong.model)}
        >
          <Stack gap="xs" mt={6}>
            {hereFirst(options.models).map((model) => (
              <ModelChoice
                key={model.id}
                model={model}
                isLocked={isLocked || (model.access === 'none' && draft.base.model !== model.id)}
              />
            ))}
          </Stack>
          <ConnectLink models={options.models} />
        </Radio.Group>
        <SpeechFields {...part} />
      </Stack>
    </Card>
  );
}

function ModelChoice({ model, isLocked }: { readonly model: Model; readonly isLocked: boolean }) {
  const { model: say } = useWords('agent');
  const { id, access } = model;
  return (
    <Radio.Card value={id} disabled={isLocked} p="sm" bdrs="md" bg="transparent">
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Radio.Indicator mt={2} disabled={isLocked} />
        <div>
          <Group gap="xs">
            <Text fw={600} size="sm">
              {say.names[id] ?? model.name}
            </Text>
            <Badge variant="light" color={access === 'none' ? 'gray' : 'sotto'} tt="none" fw={550}>
              {say.access[access]}
            </Badge>
          </Group>
          <Text size="sm" c="dimmed" mt={2}>
            {say.purposes[id] ?? model.purpose}
          </Text>
        </div>
      </Group>
    </Radio.Card>
  );
}

/** The way to connect what is not: beside the choices, because a choice holds nothing else that can be pressed. */
function ConnectLink({ models }: { readonly models: Options['models'] }) {
  const { model: say } = useWords('agent');
  const mayConnect = useCan('credentials:write');
  const missing = models.filter(({ access }) => access === 'none');
  if (!mayConnect || missing.length === 0) return null;
  return (
    <Group gap="md" mt="xs">
      {missing.map(({ id, name }) => (
        <Anchor key={id} component={Link} {...placeOf(id)} size="sm">
          {say.connect(say.names[id] ?? name)}
        </Anchor>
      ))}
    </Group>
  );
}

/** The router knows its paths by their types; this one is data. */
function placeOf(connect: string): object {
  return { to: '/connections', search: { connect } };
}

/** What needs nothing comes first, what is not connected last. */
function hereFirst(models: Options['models']): Options['models'] {
  const order = ['here', 'own', 'installation', 'none'];
  return models.toSorted((a, b) => order.indexOf(a.access) - order.indexOf(b.access));
}

/** What goes with another model: the best way of speaking that it has, its usual voice, and no recording it cannot make. */
function withModel(agent: Agent, { id, speech }: Model): Changes {
  const best = speech[0] ?? 'relay';
  return { model: id, speech: best, voice: null, record: agent.record && best === 'live' };
}
