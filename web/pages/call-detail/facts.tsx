import { Card } from '../../parts/card.tsx';
import { Lasted } from '../../parts/call-rows.tsx';
import { useAgents } from '../../parts/people.ts';
import { When } from '../../parts/when.tsx';
import { useLocale, useWords } from '../../words/use-words.ts';
import type { Call } from './call.ts';
import classes from './call-detail.module.css';

/** When, how long, with whom, how it ended. */
export function Facts({ call }: { readonly call: Call }) {
  const say = useWords('callDetail');
  const { ends } = useWords('calls');
  const agent = useAgents().find(({ id }) => id === call.agentId);
  const language = new Intl.DisplayNames([useLocale()], { type: 'language' }).of(call.language);
  return (
    <Card>
      <dl className={classes['facts']}>
        <dt>{say.started}</dt>
        <dd>
          <When at={call.startedAt} show="time" />
        </dd>
        <dt>{say.lasted}</dt>
        <dd className="numbers">{call.endedAt === null ? say.goesOn : <Lasted call={call} />}</dd>
        {call.endReason !== null && (
          <>
            <dt>{say.ended}</dt>
            <dd>{ends[call.endReason] ?? call.endReason}</dd>
          </>
        )}
        {agent && (
          <>
            <dt>{say.secretary}</dt>
            <dd>{agent.name}</dd>
          </>
        )}
        <dt>{say.language}</dt>
        <dd>{language}</dd>
      </dl>
    </Card>
  );
}
