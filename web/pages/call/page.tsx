import { Loaded } from '../../parts/loaded.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { useApi } from '../../api/query.ts';
import { useSearchState } from '../../parts/search-state.ts';
import { useWords } from '../../words/use-words.ts';
import { IconPhone } from '@tabler/icons-react';
import { After } from './after.tsx';
import { Start, type Callable } from './start.tsx';
import { UnderWay } from './under-way.tsx';
import { useCall, type Call } from './use-call.ts';

/** Where one calls one's own secretary. */
export default function CallPage() {
  const say = useWords('call');
  const whom = useApi('GET /api/v1/call');
  const call = useCall();
  // Once it rings, the room belongs to the call.
  const about = call.wish ? {} : { about: say.about };
  return (
    <PageFrame title={say.title} {...about}>
      <Loaded query={whom} lines={6}>
        {({ agents }) =>
          agents.length === 0 ? (
            <EmptyState icon={IconPhone} title={say.none.title}>
              {say.none.about}
            </EmptyState>
          ) : (
            <Calling agents={agents} call={call} />
          )
        }
      </Loaded>
    </PageFrame>
  );
}

/** Before, during and after the call. */
function Calling({ agents, call }: { readonly agents: readonly Callable[]; readonly call: Call }) {
  const [{ agent: wanted }] = useSearchState();
  const agent = agents.find(({ id }) => id === (call.wish?.agent ?? wanted)) ?? agents[0]!;
  if (!call.wish) return <Start agents={agents} agent={agent} begin={call.begin} />;
  if (call.conversation.stage === 'over') return <After call={call} agent={agent} />;
  return <UnderWay call={call} name={agent.name} />;
}
