import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconPhone } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useCan } from '../../api/me.ts';
import { Card } from '../../parts/card.tsx';
import { useFirstFocus } from '../../parts/use-first-focus.ts';
import { useWords } from '../../words/use-words.ts';
import { AnswerTimes } from './answer-times.tsx';
import classes from './call.module.css';
import { CameOf } from './came-of.tsx';
import { minutes } from './clock.tsx';
import { ConversationView } from './conversation-view.tsx';
import type { Callable } from './start.tsx';
import type { Call } from './use-call.ts';

/** After the call: what came of it, and what to do next. */
export function After({ call, agent }: { readonly call: Call; readonly agent: Callable }) {
  const { conversation } = call;
  // The field one wrote in is gone.
  const ending = useFirstFocus<HTMLDivElement>();
  return (
    <div className={classes['stage']}>
      <Stack gap="lg" miw={0}>
        <div ref={ending} tabIndex={-1} className={classes['ending']}>
          <Ending call={call} agent={agent} />
        </div>
        {conversation.id !== undefined && <CameOf id={conversation.id} />}
        {conversation.lines.length > 0 && (
          <section className={classes['phone']}>
            <ConversationView call={conversation} name={agent.name} />
          </section>
        )}
      </Stack>
      <div className={classes['side']}>
        <AnswerTimes answers={conversation.answers} />
      </div>
    </div>
  );
}

function Ending({ call, agent }: { readonly call: Call; readonly agent: Callable }) {
  const say = useWords('call');
  const { why = 'done', beganAt, endedAt = 0, id } = call.conversation;
  const end = say.ends[why];
  return (
    <Card>
      {end === undefined ? (
        <Trouble why={why} />
      ) : (
        <Text component="output" fw={600}>
          {end} {id !== undefined && say.after.length(minutes(endedAt - beganAt))}
        </Text>
      )}
      <Next call={call} agent={agent} why={why} />
    </Card>
  );
}

/** What went wrong, and what to do about it. */
function Trouble({ why }: { readonly why: string }) {
  const say = useWords('call');
  const { title, about } = say.troubles[why] ?? say.trouble;
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} title={title}>
      {about}
    </Alert>
  );
}

/** Troubles of sound, past which one can type. */
const ofSound: readonly string[] = ['no-microphone', 'refused', 'in-use', 'not-here', 'no-sound', 'microphone-lost'];

function Next({ call, agent, why }: { readonly call: Call; readonly agent: Callable; readonly why: string }) {
  const say = useWords('call');
  const canChange = useCan('agents:write');
  const { wish, begin, forget } = call;
  if (!wish) return null;
  if (why === 'sign-in-needed') {
    return (
      <Button component="a" href="/sign-in?next=/call" mt="md">
        {say.signIn}
      </Button>
    );
  }
  const isElsewhere = why === 'call-under-way';
  const { instead: _, ...again } = wish;
  return (
    <Group mt="md" gap="sm">
      <Button
        leftSection={<IconPhone size={16} aria-hidden />}
        onClick={() => begin(isElsewhere ? { ...wish, instead: true } : again)}
      >
        {isElsewhere ? say.instead : say.after.again}
      </Button>
      {ofSound.includes(why) && (
        <Button variant="default" onClick={() => begin({ ...again, by: 'typing', aloud: false })}>
          {say.typeInstead}
        </Button>
      )}
      {canChange && (
        <Button variant="default" component={Link} to="/agent" search={{ agent: agent.id } as never}>
          {say.after.greeting}
        </Button>
      )}
      <Anchor component="button" type="button" size="sm" onClick={forget}>
        {say.after.change}
      </Anchor>
    </Group>
  );
}
