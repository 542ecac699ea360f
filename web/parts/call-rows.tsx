import { Box, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { AnswerOf } from '../api/client.ts';
import { useCan, useZone } from '../api/me.ts';
import { useWords } from '../words/use-words.ts';
import classes from './call-rows.module.css';
import { hiddenNumber } from './hidden-number.ts';
import { Outcome } from './outcome.tsx';
import { When } from './when.tsx';
import { dayOf } from './zone.ts';

export type CallRow = AnswerOf<'GET /api/v1/calls'>['items'][number];

type Props = {
  readonly calls: readonly CallRow[];
  /** Names of members, for who may know them. */
  readonly people?: ReadonlyMap<string, string>;
  /** Where they stand under no day: today, so that calls of other days say theirs. */
  readonly today?: string;
};

/** Calls below each other: who, what about, what came of it, when and how long. Each leads to the call. */
export function CallRows({ calls, people, today }: Props) {
  const zone = useZone();
  const isOfAnotherDay = (at: string) => today !== undefined && dayOf(at, zone) !== today;
  return (
    <Box component="ul" className={classes['rows']}>
      {calls.map((call) => (
        <li key={call.id}>
          <Row
            call={call}
            show={isOfAnotherDay(call.startedAt) ? 'weekday' : 'time'}
            owner={call.assignedTo === null ? undefined : people?.get(call.assignedTo)}
          />
        </li>
      ))}
    </Box>
  );
}

type RowProps = {
  readonly call: CallRow;
  readonly show: 'weekday' | 'time';
  readonly owner: string | undefined;
};

function Row({ call, show, owner }: RowProps) {
  return (
    <Link to="/calls/$id" params={{ id: call.id }} className={classes['row']}>
      <div className={classes['words']}>
        <Text fw={600} size="sm" truncate>
          <Caller call={call} />
        </Text>
        <Text size="sm" c="dimmed" lineClamp={2}>
          <About call={call} />
        </Text>
      </div>
      <Group gap={6} className={classes['state']}>
        <Outcome call={call} />
      </Group>
      <div className={classes['when']}>
        <Text size="sm">
          <When at={call.startedAt} show={show} />
        </Text>
        <Text size="xs" c="dimmed" className="numbers">
          <Lasted call={call} />
        </Text>
        {owner !== undefined && (
          <Text size="xs" c="dimmed" truncate>
            {owner}
          </Text>
        )}
      </div>
    </Link>
  );
}

/** Who called, as far as one may know: the name they gave, else the end of their number. */
export function Caller({ call }: { readonly call: Pick<CallRow, 'name' | 'from' | 'carrier'> }) {
  const say = useWords('calls');
  const maySee = useCan('transcripts:read');
  const tried = call.carrier === 'emulator' ? say.tried : undefined;
  if (!maySee) return tried ?? say.call;
  if (call.name) return call.name;
  return tried ?? (call.from ? hiddenNumber(call.from) : say.withheld);
}

function About({ call }: { readonly call: CallRow }) {
  const say = useWords('calls');
  if (call.state === 'live') return say.notYet;
  if (call.summary !== undefined && call.summary !== null) return call.summary;
  return say.ends[call.endReason ?? ''] ?? '';
}

/** How long a call took; nothing while it goes on. */
export function Lasted({ call }: { readonly call: Pick<CallRow, 'startedAt' | 'endedAt'> }) {
  const say = useWords('calls');
  if (call.endedAt === null) return null;
  const seconds = Math.max(0, Math.round((Date.parse(call.endedAt) - Date.parse(call.startedAt)) / 1000));
  return say.lasted(Math.floor(seconds / 60), seconds % 60);
}
