import { Button, Group, Text } from '@mantine/core';
import { IconMicrophone, IconMicrophoneOff } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useWords } from '../../words/use-words.ts';
import classes from './call.module.css';
import type { Call } from './use-call.ts';

/** The microphone: how loud it hears, and how to make it deaf. */
export function TalkPanel({ call }: { readonly call: Call }) {
  const say = useWords('call');
  const { isMuted } = call;
  const Icon = isMuted ? IconMicrophoneOff : IconMicrophone;
  return (
    <Group p="md" justify="space-between" className={classes['foot']}>
      <Group gap="sm">
        <Text size="sm" c="dimmed">
          {isMuted ? say.muted : say.level}
        </Text>
        <Meter level={call.level} />
      </Group>
      <Button
        variant={isMuted ? 'filled' : 'default'}
        radius="xl"
        aria-pressed={isMuted}
        leftSection={<Icon size={18} aria-hidden />}
        onClick={() => call.mute(!isMuted)}
      >
        {isMuted ? say.unmute : say.mute}
      </Button>
    </Group>
  );
}

/** Below this nothing is seen; speech into a microphone is about -30 dB of full scale. */
const softestDb = -52;

/** Drawn by the browser's own rhythm, past React: fifty values a second are no state. */
function Meter({ level }: { readonly level: () => number }) {
  const bar = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let shown = 0;
    let frame = 0;
    const draw = () => {
      const db = 20 * Math.log10(Math.max(level(), 0.0001));
      const target = Math.max(0, Math.min(1, 1 - db / softestDb));
      shown = target > shown ? target : shown * 0.88 + target * 0.12;
      if (bar.current) bar.current.style.transform = `scaleX(${shown.toFixed(3)})`;
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [level]);
  return (
    <span className={classes['meter']} aria-hidden>
      <span ref={bar} />
    </span>
  );
}
