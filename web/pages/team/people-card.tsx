import { Text } from '@mantine/core';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useApi } from '../../api/query.ts';
import { Card } from '../../parts/card.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Pager } from '../../parts/pager.tsx';
import { useMembership } from '../../parts/roles.ts';
import { useSearchState } from '../../parts/search-state.ts';
import { useWords } from '../../words/use-words.ts';
import { Leaving, Removing } from './goodbye.tsx';
import { PersonRow } from './person-row.tsx';
import { RoleDialog } from './role-dialog.tsx';
import classes from './team.module.css';

export type Person = AnswerOf<'GET /api/v1/team'>['items'][number];

/** What is about to be done, and to whom. */
export type Doing = { readonly what: 'role' | 'remove' | 'leave'; readonly person: Person };

/** The members, and what can be done with each. */
export function PeopleCard() {
  const say = useWords('team');
  const mine = useMembership();
  const [{ before }] = useSearchState();
  const people = useApi('GET /api/v1/team', { query: { before } });
  const [doing, setDoing] = useState<Doing>();
  const end = () => setDoing(undefined);
  return (
    <Card title={say.people}>
      <Loaded query={people} lines={5}>
        {({ items }) => (
          <>
            <ul className={classes['rows']}>
              {items.map((person) => (
                <PersonRow key={person.id} person={person} mine={mine} onDo={setDoing} />
              ))}
            </ul>
            {before === undefined && items.length === 1 && (
              <Text size="sm" c="dimmed" mt="sm">
                {say.alone}
              </Text>
            )}
          </>
        )}
      </Loaded>
      <Pager next={people.data?.next ?? null} />
      {doing?.what === 'role' && <RoleDialog person={doing.person} mine={mine} onClose={end} />}
      {doing?.what === 'remove' && <Removing person={doing.person} onClose={end} />}
      {doing?.what === 'leave' && <Leaving onClose={end} />}
    </Card>
  );
}
