import { Badge } from '@mantine/core';
import { IconAlertTriangle, IconChevronRight } from '@tabler/icons-react';
import type { AnswerOf } from '../../api/client.ts';
import { When } from '../../parts/when.tsx';
import { useWords } from '../../words/use-words.ts';
import classes from './audit.module.css';
import { EntryDetails } from './entry-details.tsx';
import type { Named } from './named.ts';

export type Entry = AnswerOf<'GET /api/v1/audit'>['items'][number];

type Props = { readonly entry: Entry; readonly named: Named };

/** One entry: when, who, what; opened, all that it holds. */
export function EntryRow({ entry, named }: Props) {
  const say = useWords('audit');
  const isDamaged = entry.state === 'damaged';
  return (
    <details className={classes['entry']} data-damaged={isDamaged || undefined}>
      <summary>
        <span className={classes['time']}>
          <When at={entry.at} show="time" />
        </span>
        <span className={classes['who']}>{named.who(entry.actor)}</span>
        <span className={classes['what']}>
          {say.did[entry.action] ?? entry.action}
          <About entry={entry} named={named} />
        </span>
        {isDamaged && (
          <Badge color="red" variant="light" tt="none" leftSection={<IconAlertTriangle size={12} aria-hidden />}>
            {say.damaged}
          </Badge>
        )}
        <IconChevronRight size={16} aria-hidden className={classes['chevron']} />
      </summary>
      <EntryDetails entry={entry} named={named} />
    </details>
  );
}

/** Whom or what it was done to, where that has a name. */
function About({ entry, named }: Props) {
  const [kind = '', id = ''] = (entry.object ?? '').split(':');
  const name = named.nameOf(kind, id);
  // Who did something about themselves has been named.
  if (name === undefined || entry.actor === entry.object) return null;
  return <span className={classes['about']}> · {name}</span>;
}
