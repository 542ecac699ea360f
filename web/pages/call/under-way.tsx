import { Alert, Box, Button, Group, Text, Title } from '@mantine/core';
import { IconInfoCircle, IconPhoneOff } from '@tabler/icons-react';
import { useWords } from '../../words/use-words.ts';
import { AnswerTimes } from './answer-times.tsx';
import classes from './call.module.css';
import { Clock } from './clock.tsx';
import { Composer } from './composer.tsx';
import { ConversationView } from './conversation-view.tsx';
import { Face } from './face.tsx';
import { Keypad } from './keypad.tsx';
import { stateOf } from './state-of.ts';
import { TalkPanel } from './talk-panel.tsx';
import type { Call } from './use-call.ts';

/** The call while it lasts. */
export function UnderWay({ call, name }: { readonly call: Call; readonly name: string }) {
  const { conversation, wish } = call;
  const isLive = conversation.channel === 'live';
  const fellBack = wish?.by === 'talking' && conversation.channel !== undefined && !isLive;
  return (
    <div className={classes['stage']}>
      <Box component="section" className={classes['phone']} aria-label={name}>
        <Head call={call} name={name} />
        {fellBack && <FellBack />}
        <ConversationView call={conversation} name={name} />
        {wish?.by === 'talking' && !fellBack ? <TalkPanel call={call} /> : <Composer call={call} />}
      </Box>
      <div className={classes['side']}>
        <AnswerTimes answers={conversation.answers} />
        <Keypad press={call.press} isOff={conversation.stage !== 'under-way'} />
      </div>
    </div>
  );
}

function Head({ call, name }: { readonly call: Call; readonly name: string }) {
  const say = useWords('call');
  const { conversation } = call;
  return (
    <Group justify="space-between" wrap="nowrap" p="md" className={classes['head']}>
      <Group gap="sm" wrap="nowrap" miw={0}>
        <Face name={name} size={44} isSpeaking={conversation.isSpeaking} />
        <Box miw={0}>
          <Title order={2} fz={17} lh={1.3}>
            {name}
          </Title>
          <Text size="sm" c="dimmed" aria-live="polite" truncate>
            {stateOf(conversation, say)}
          </Text>
        </Box>
      </Group>
      <Group gap="md" wrap="nowrap">
        {conversation.beganAt > 0 && <Clock since={conversation.beganAt} />}
        <Button color="red.8" radius="xl" leftSection={<IconPhoneOff size={18} aria-hidden />} onClick={call.hangUp}>
          {say.hangUp}
        </Button>
      </Group>
    </Group>
  );
}

function FellBack() {
  const say = useWords('call');
  return (
    <Alert m="md" mb={0} icon={<IconInfoCircle aria-hidden />} variant="light">
      {say.fellBack}
    </Alert>
  );
}
