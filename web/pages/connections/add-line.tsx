import { Button, Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { api } from '../../api/client.ts';
import type { Mistake } from '../../api/problem.ts';
import { useApi } from '../../api/query.ts';
import { useAction } from '../../api/use-action.ts';
import { errorAt } from '../../parts/mistakes.ts';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useWords } from '../../words/use-words.ts';
import type { Checked } from './line-row.tsx';
import type { Lines } from './lines-card.tsx';

/** What changes with a line. */
export const lineChanges = ['GET /api/v1/lines', 'GET /api/v1/setup'];

type Props = {
  readonly accounts: Lines['accounts'];
  readonly onDone: () => void;
  readonly onChecked: (id: string, checked: Checked) => void;
};

/** Adds a number and asks the carrier about it at once. */
export function AddLine({ accounts, onDone, onChecked }: Props) {
  const { lines: say } = useWords('connections');
  const shell = useWords('shell');
  const [number, setNumber] = useState('');
  const [account, setAccount] = useState(accounts[0]?.id ?? '');
  const [agentId, setAgentId] = useChosenAgent();
  const adding = useAction<void, Added>(() => added(accounts, { number, account, agentId }), {
    changes: lineChanges,
    done: ({ id, checked }) => {
      if (checked) onChecked(id, checked);
      onDone();
    },
  });
  const mistakes = adding.problem?.mistakes ?? [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void adding.run();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: accounts.length > 1 ? 3 : 2 }}>
          <NumberField value={number} onChange={setNumber} mistakes={mistakes} />
          {accounts.length > 1 && (
            <AccountField accounts={accounts} value={account} onChange={setAccount} mistakes={mistakes} />
          )}
          <AgentField value={agentId} onChange={setAgentId} mistakes={mistakes} />
        </SimpleGrid>
        {mistakes.length === 0 && <ProblemView problem={adding.problem} />}
        <Group>
          <Button type="submit" loading={adding.isRunning}>
            {say.addVerb}
          </Button>
          <Button variant="default" onClick={onDone}>
            {shell.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type Added = { readonly id: string; readonly checked: Checked | undefined };

type Given = { readonly number: string; readonly account: string; readonly agentId: string };

/** What the carrier says of it is told by its row; that it could not be asked is no reason not to have it. */
async function added(accounts: Lines['accounts'], { number, account, agentId }: Given): Promise<Added> {
  const carrier = accounts.find(({ id }) => id === account)?.carrier ?? '';
  const body = { carrier, number: number.replaceAll(/[\s().-]/g, ''), account, agentId };
  const { id } = await api('POST /api/v1/lines', { body });
  return { id, checked: await api('POST /api/v1/lines/{id}/check', { params: { id } }).catch(() => undefined) };
}

/** Who was chosen to answer, else the first. */
function useChosenAgent() {
  const agents = useApi('GET /api/v1/agents').data?.items ?? [];
  const [chosen, setChosen] = useState<string>();
  return [chosen ?? agents[0]?.id ?? '', setChosen] as const;
}

type FieldProps = {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly mistakes: readonly Mistake[];
};

function NumberField({ value, onChange, mistakes }: FieldProps) {
  const { lines: say, mistakes: wrong } = useWords('connections');
  return (
    <TextInput
      type="tel"
      autoComplete="off"
      label={say.number}
      placeholder={say.numberHint}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      error={errorAt(mistakes, '/number', wrong.number)}
      required
    />
  );
}

function AccountField({ accounts, value, onChange, mistakes }: FieldProps & { readonly accounts: Lines['accounts'] }) {
  const { lines: say, mistakes: wrong } = useWords('connections');
  return (
    <Select
      label={say.account}
      data={accounts.map(({ id, carrier, ending }) => ({ value: id, label: `${carrier} …${ending}` }))}
      value={value}
      onChange={(id) => onChange(id ?? '')}
      error={errorAt(mistakes, '/account', wrong.lineAccount)}
      allowDeselect={false}
    />
  );
}

function AgentField({ value, onChange, mistakes }: FieldProps) {
  const { lines: say, mistakes: wrong } = useWords('connections');
  const agents = useApi('GET /api/v1/agents').data?.items ?? [];
  return (
    <Select
      label={say.answeredBy}
      data={agents.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={(id) => onChange(id ?? '')}
      error={errorAt(mistakes, '/agentId', wrong.agent)}
      allowDeselect={false}
    />
  );
}
