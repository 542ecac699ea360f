import { Badge, Box, Button, Group, Select, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { api, type AnswerOf } from '../../api/client.ts';
import { useCan } from '../../api/me.ts';
import { useApi } from '../../api/query.ts';
import { useAction } from '../../api/use-action.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { ProblemView } from '../../parts/problem-view.tsx';
import { When } from '../../parts/when.tsx';
import { useWords } from '../../words/use-words.ts';
import { lineChanges } from './add-line.tsx';
import { Addresses } from './addresses.tsx';
import { FindingsView } from './findings-view.tsx';
import type { Line } from './lines-card.tsx';

export type Checked = AnswerOf<'POST /api/v1/lines/{id}/check'>;

/** One number: how it stands at the carrier, who answers it, and what can be done. */
export function LineRow({ line, checked, onChecked }: ActionsProps) {
  return (
    <Box
      component="article"
      aria-label={line.number}
      pt="md"
      style={{ borderBlockStart: '1px solid var(--sotto-line)' }}
    >
      <Stack gap="sm">
        <Heading line={line} />
        <Facts line={line} />
        {checked && <FindingsView line={line} checked={checked} />}
        <Actions line={line} checked={checked} onChecked={onChecked} />
        <Addresses line={line} />
      </Stack>
    </Box>
  );
}

function Heading({ line }: { readonly line: Line }) {
  const { lines: say } = useWords('connections');
  const colour = { right: 'sotto', wrong: 'red', unknown: 'gray', none: 'gray' } as const;
  const result = line.checkResult ?? 'none';
  return (
    <Group gap="sm">
      <Text fw={650} fz={17} className="numbers">
        {line.number}
      </Text>
      <Badge variant="light" color={line.isConnected ? colour[result] : 'red'} tt="none" fw={550}>
        {line.isConnected ? say.status[result] : say.disconnected}
      </Badge>
    </Group>
  );
}

function Facts({ line }: { readonly line: Line }) {
  const { lines: say } = useWords('connections');
  const { lastCallAt, checkedAt } = line;
  return (
    <Group gap="lg">
      <AnsweredBy line={line} />
      <Text size="sm" c="dimmed">
        {lastCallAt === null ? say.noCall : say.lastCall} {lastCallAt !== null && <When at={lastCallAt} />}
      </Text>
      {checkedAt !== null && (
        <Text size="sm" c="dimmed">
          {say.checkedAt} <When at={checkedAt} />
        </Text>
      )}
    </Group>
  );
}

/** Who answers; where there are several, another one can. */
function AnsweredBy({ line: { id, agentId } }: { readonly line: Line }) {
  const { lines: say } = useWords('connections');
  const agents = useApi('GET /api/v1/agents').data?.items ?? [];
  const mayChange = useCan('lines:write');
  const give = useAction<string, unknown>(
    (to) => api('PATCH /api/v1/lines/{id}', { params: { id }, body: { agentId: to } }),
    { changes: lineChanges },
  );
  if (!mayChange || agents.length < 2) {
    return (
      <Text size="sm">
        {say.answeredBy} <b>{agents.find((one) => one.id === agentId)?.name ?? '–'}</b>
      </Text>
    );
  }
  return (
    <>
      <Select
        label={say.answeredBy}
        size="xs"
        w={200}
        data={agents.map((one) => ({ value: one.id, label: one.name }))}
        value={agentId}
        onChange={(to) => to && to !== agentId && void give.run(to)}
        disabled={give.isRunning}
        allowDeselect={false}
      />
      <ProblemView problem={give.problem} />
    </>
  );
}

type ActionsProps = {
  readonly line: Line;
  readonly checked: Checked | undefined;
  readonly onChecked: (checked: Checked) => void;
};

function Actions({ line, checked, onChecked }: ActionsProps) {
  const { lines: say, vendors } = useWords('connections');
  const mayChange = useCan('lines:write');
  const [isRemoving, removing] = useDisclosure();
  const params = { id: line.id };
  const plan = { changes: lineChanges, done: onChecked };
  const check = useAction<void, Checked>(() => api('POST /api/v1/lines/{id}/check', { params }), plan);
  const point = useAction<void, Checked>(() => api('POST /api/v1/lines/{id}/point', { params }), plan);
  return (
    <>
      <ProblemView problem={check.problem ?? point.problem} />
      <Group gap="xs">
        {mayChange && checked?.canPoint && (
          <Button size="xs" loading={point.isRunning} onClick={() => void point.run()}>
            {say.point(vendors[line.carrier] ?? line.carrier)}
          </Button>
        )}
        <Button variant="default" size="xs" loading={check.isRunning} onClick={() => void check.run()}>
          {say.check}
        </Button>
        {mayChange && (
          <Button variant="subtle" color="red" c="var(--mantine-color-error)" size="xs" onClick={removing.open}>
            {say.remove}
          </Button>
        )}
      </Group>
      <Remove line={line} opened={isRemoving} onClose={removing.close} />
    </>
  );
}

type RemoveProps = { readonly line: Line; readonly opened: boolean; readonly onClose: () => void };

function Remove({ line, opened, onClose }: RemoveProps) {
  const { lines: say } = useWords('connections');
  const { id, number } = line;
  const remove = useAction<void, unknown>(() => api('DELETE /api/v1/lines/{id}', { params: { id } }), {
    changes: lineChanges,
  });
  return (
    <Confirm opened={opened} onClose={onClose} title={say.removeTitle(number)} verb={say.remove} action={remove}>
      {say.removeAbout}
    </Confirm>
  );
}
