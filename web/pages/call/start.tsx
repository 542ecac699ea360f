import { Anchor, Button, SegmentedControl, Select, Stack, Switch, Text, Title } from '@mantine/core';
import { IconKeyboard, IconMicrophone, IconPhone } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useCan } from '../../api/me.ts';
import { Card } from '../../parts/card.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { useWords } from '../../words/use-words.ts';
import classes from './call.module.css';
import { Face } from './face.tsx';
import { useHabits } from './habits.ts';
import type { Wish } from './control.ts';

export type Callable = AnswerOf<'GET /api/v1/call'>['agents'][number];

type Props = {
  readonly agents: readonly Callable[];
  readonly agent: Callable;
  readonly begin: (wish: Wish) => void;
};

/** Before the call: whom, how, and one button. */
export function Start({ agents, agent, begin }: Props) {
  const say = useWords('call');
  const habits = useHabits();
  const canTalk = agent.talking.isPossible;
  const by = canTalk ? habits.by : 'typing';
  const aloud = habits.hasVoice && (by === 'talking' || habits.aloud);
  return (
    <Card maw={560} mx="auto" mt={{ base: 0, sm: 'lg' }}>
      <Stack align="center" gap="lg" ta="center" py="md">
        <Face name={agent.name} />
        <Title order={2} fz={24}>
          {agent.name}
        </Title>
        <Whom agents={agents} agent={agent} />
        <SegmentedControl
          aria-label={say.how}
          size="md"
          value={by}
          onChange={(value) => habits.setBy(value)}
          data={[
            { value: 'typing', label: <Way icon={<IconKeyboard size={18} aria-hidden />}>{say.typing}</Way> },
            {
              value: 'talking',
              label: <Way icon={<IconMicrophone size={18} aria-hidden />}>{say.talking}</Way>,
              disabled: !canTalk,
            },
          ]}
        />
        <About agent={agent} by={by} />
        <Button
          size="xl"
          radius="xl"
          px={44}
          leftSection={<IconPhone aria-hidden />}
          onClick={() => begin({ agent: agent.id, by, aloud })}
        >
          {say.callName(agent.name)}
        </Button>
        {by === 'typing' && (
          <Switch
            label={say.aloud}
            description={habits.hasVoice ? undefined : say.noVoice}
            disabled={!habits.hasVoice}
            checked={aloud}
            onChange={({ currentTarget }) => habits.setAloud(currentTarget.checked)}
            className={classes['aloudSwitch']}
          />
        )}
      </Stack>
    </Card>
  );
}

function Way({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <span className={classes['way']}>
      {icon}
      {children}
    </span>
  );
}

/** Which of several is called; it stands in the address. */
function Whom({ agents, agent }: Pick<Props, 'agents' | 'agent'>) {
  const say = useWords('call');
  const [, search] = useSearchState();
  if (agents.length < 2) return null;
  return (
    <Select
      aria-label={say.whom}
      data={agents.map(({ id, name, language }) => ({ value: id, label: `${name} · ${language}` }))}
      value={agent.id}
      onChange={(id) => search({ agent: id ?? undefined })}
      allowDeselect={false}
      w={280}
    />
  );
}

/** What the chosen way means, and why the other one is not there. */
function About({ agent, by }: { readonly agent: Callable; readonly by: Wish['by'] }) {
  const say = useWords('call');
  const { why } = agent.talking;
  return (
    <Stack gap={6} maw={420}>
      <Text>{by === 'talking' ? say.talkingAbout : say.typingAbout}</Text>
      {by === 'talking' && (
        <Text size="sm" c="dimmed">
          {say.microphone} {say.headphones}
        </Text>
      )}
      {why && (
        <Text size="sm" c="dimmed">
          {say.notTalking[why]} <Remedy why={why} />
        </Text>
      )}
    </Stack>
  );
}

function Remedy({ why }: { readonly why: NonNullable<Callable['talking']['why']> }) {
  const say = useWords('call');
  const canConnect = useCan('credentials:write');
  const canChange = useCan('agents:write');
  const anchor = (to: string, words: string) => (
    <Anchor component={Link} to={to} inherit>
      {words}
    </Anchor>
  );
  if (why === 'no-key' && canConnect) return anchor('/connections', say.connect);
  if (why === 'by-text' && canChange) return anchor('/agent', say.letTalk);
  return null;
}
