import { Select, Text } from '@mantine/core';
import { api } from '../../api/client.ts';
import { useCan } from '../../api/me.ts';
import { useAction } from '../../api/use-action.ts';
import { Card } from '../../parts/card.tsx';
import { useOwnId, usePeople } from '../../parts/people.ts';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useWords } from '../../words/use-words.ts';
import type { Call } from './call.ts';

/** Whose call it is. Who may assign calls does it here; to whom it is assigned it is said. */
export function Owner({ call }: { readonly call: Call }) {
  const say = useWords('callDetail').owner;
  const me = useOwnId();
  const mayAssign = useCan('calls:write');
  const mayKnow = useCan('team:read');
  if (mayAssign && mayKnow) return <Assign call={call} />;
  if (call.assignedTo === null || call.assignedTo !== me) return null;
  return (
    <Card title={say.title}>
      <Text size="sm">{say.mine}</Text>
    </Card>
  );
}

function Assign({ call }: { readonly call: Call }) {
  const say = useWords('callDetail').owner;
  const people = usePeople();
  const assign = useAction(
    (person: string | null) => api('PUT /api/v1/calls/{id}/assignee', { params: { id: call.id }, body: { person } }),
    { changes: ['GET /api/v1/calls/{id}', 'GET /api/v1/calls'] },
  );
  return (
    <Card title={say.title} about={say.about}>
      <Select
        label={say.label}
        placeholder={say.nobody}
        clearable
        searchable={people.length > 8}
        disabled={assign.isRunning}
        value={call.assignedTo}
        onChange={(person) => void assign.run(person)}
        data={people.map(({ id, name }) => ({ value: id, label: name }))}
        clearButtonProps={{ 'aria-label': say.nobody }}
      />
      <ProblemView problem={assign.problem} />
    </Card>
  );
}
