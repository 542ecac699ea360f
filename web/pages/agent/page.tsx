import { Select } from '@mantine/core';
import { IconUserStar } from '@tabler/icons-react';
import type { AnswerOf } from '../../api/client.ts';
import { useApi } from '../../api/query.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { useWords } from '../../words/use-words.ts';
import { EditorOf } from './editor.tsx';

/** The secretary: who answers, what they say and know, what they may do. */
export default function AgentPage() {
  const say = useWords('agent');
  const agents = useApi('GET /api/v1/agents');
  return (
    <PageFrame title={say.title} about={say.about}>
      <Loaded query={agents} lines={8}>
        {({ items }) => (items.length === 0 ? <NoAgent /> : <Chosen items={items} />)}
      </Loaded>
    </PageFrame>
  );
}

function NoAgent() {
  const say = useWords('agent');
  return (
    <EmptyState icon={IconUserStar} title={say.none.title}>
      {say.none.about}
    </EmptyState>
  );
}

/** The one that the address names, else the first. */
function Chosen({ items }: AnswerOf<'GET /api/v1/agents'>) {
  const say = useWords('agent');
  const [{ agent }, search] = useSearchState();
  const chosen = items.find(({ id }) => id === agent) ?? items[0]!;
  return (
    <>
      {items.length > 1 && (
        <Select
          label={say.which}
          data={items.map(({ id, name, language }) => ({ value: id, label: `${name} · ${language}` }))}
          value={chosen.id}
          onChange={(id) => search({ agent: id ?? undefined })}
          allowDeselect={false}
          maw={320}
          mb="lg"
        />
      )}
      <EditorOf key={chosen.id} id={chosen.id} />
    </>
  );
}
