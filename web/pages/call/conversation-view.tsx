import { Text, Tooltip } from '@mantine/core';
import { IconCheck, IconLoader2 } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useWords } from '../../words/use-words.ts';
import classes from './call.module.css';
import type { Conversation } from './conversation.ts';
import type { Line } from './lines.ts';

type Props = {
  readonly call: Pick<Conversation, 'lines' | 'stage'>;
  readonly name: string;
};

/** What scrolls or explains itself must be reachable without a mouse. */
const reachable = { tabIndex: 0 };

/** What is said, in order; of the secretary's words those that were heard apart from those that were meant. */
export function ConversationView({ call: { lines, stage }, name }: Props) {
  const say = useWords('call');
  const log = useRef<HTMLDivElement>(null);
  const last = lines.at(-1);
  useEffect(() => {
    // Who reads further up is left there.
    const box = log.current;
    if (box && box.scrollHeight - box.scrollTop - box.clientHeight < 240) box.scrollTop = box.scrollHeight;
  }, [lines.length, last?.heard, last?.text]);
  return (
    <div
      ref={log}
      className={classes['log']}
      data-over={stage === 'over' || undefined}
      role="log"
      aria-label={say.conversation}
      aria-live="off"
      {...reachable}
    >
      {lines.length === 0 && (
        <Text c="dimmed" size="sm" ta="center" m="auto" maw={300}>
          {say.empty}
        </Text>
      )}
      {lines.map((line) => (
        <OneLine key={line.key} line={line} name={name} />
      ))}
      <Aloud lines={lines} name={name} />
    </div>
  );
}

function OneLine({ line, name }: { readonly line: Line; readonly name: string }) {
  const say = useWords('call');
  if (line.by === 'step') return <Step line={line} />;
  if (line.by === 'silence') return <p className={classes['aside']}>{say.silence}</p>;
  const isCaller = line.by === 'caller';
  const words = line.isKeys ? say.keysOf(line.text) : line.text;
  return (
    <div className={classes['line']} data-by={line.by}>
      <span className="aloud">{isCaller ? say.you : name}: </span>
      <p className={classes['bubble']} data-keys={line.isKeys}>
        {isCaller ? words : <Heard line={line} />}
      </p>
    </div>
  );
}

/** The words that were heard, and after them those that were only meant. */
function Heard({ line: { text, heard, state } }: { readonly line: Line }) {
  const say = useWords('call');
  if (state === 'whole') return text;
  const rest = text.startsWith(heard) ? text.slice(heard.length) : '';
  if (state === 'coming') {
    return (
      <>
        {heard}
        <span className={classes['coming']}>{rest}</span>
      </>
    );
  }
  return (
    <>
      {heard}
      {rest.trim() !== '' && (
        <Tooltip label={say.notHeardAbout} multiline w={260}>
          <span className={classes['unheard']} {...reachable}>
            {rest} <span className={classes['tag']}>{say.notHeard}</span>
          </span>
        </Tooltip>
      )}
    </>
  );
}

function Step({ line }: { readonly line: Line }) {
  const say = useWords('call');
  const [doing, done] = say.tools[line.text] ?? say.otherTool;
  const isRunning = line.state === 'coming';
  return (
    <p className={classes['aside']} data-running={isRunning || undefined}>
      {isRunning ? (
        <IconLoader2 size={14} aria-hidden className={classes['turning']} />
      ) : (
        <IconCheck size={14} aria-hidden />
      )}
      {isRunning ? doing : done}
    </p>
  );
}

/** What a screen reader says: whole sentences, once they have been heard; not every word of them as it comes. */
function Aloud({ lines, name }: { readonly lines: readonly Line[]; readonly name: string }) {
  const said = lines.filter(({ by, state }) => by === 'secretary' && state !== 'coming').slice(-4);
  return (
    <div className="aloud" aria-live="polite">
      {said.map((line) => (
        <p key={line.key}>
          {name}: {line.heard}
        </p>
      ))}
    </div>
  );
}
