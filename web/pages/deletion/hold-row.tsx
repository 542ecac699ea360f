import { Anchor, Badge, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCan } from '../../api/me.ts';
import { hiddenNumber } from '../../parts/hidden-number.ts';
import { useNames } from '../../parts/people.ts';
import { When } from '../../parts/when.tsx';
import { useLocale, useWords } from '../../words/use-words.ts';
import classes from './deletion.module.css';
import { HoldActions } from './hold-actions.tsx';
import { lastMoment, type Hold } from './hold.ts';

type Props = { readonly hold: Hold };

/** One legal hold: of what, why, until when, who said so, and what can be done about it. */
export function HoldRow({ hold }: Props) {
  const { holds: say } = useWords('deletion');
  const mayDecide = useCan('holds:write');
  return (
    <li className={classes['hold']}>
      <Group gap="xs" justify="space-between">
        <Text component="div" fw={550}>
          <What hold={hold} />
        </Text>
        <Badge tt="none" variant="light" color={colors[hold.state] ?? 'gray'}>
          {say.states[hold.state]}
        </Badge>
      </Group>
      <p className={classes['reason']}>{hold.reason ?? say.noReason}</p>
      <Facts hold={hold} />
      {mayDecide && hold.overAt === null && <HoldActions hold={hold} />}
    </li>
  );
}

const colors: Partial<Record<Hold['state'], string>> = { 'asked': 'orange', 'in-force': 'sotto' };

function What({ hold }: Props) {
  const { holds: say } = useWords('deletion');
  const { callId: id } = hold;
  if (id !== null) {
    return (
      <Anchor inherit renderRoot={(props) => <Link {...props} to={`/calls/${id}`} />}>
        {say.call}
      </Anchor>
    );
  }
  return hold.number === null ? say.personOver : say.person(hiddenNumber(hold.number));
}

function Facts({ hold }: Props) {
  const { holds: say } = useWords('deletion');
  const locale = useLocale();
  const parts = new Intl.ListFormat(locale, { type: 'conjunction' }).format(say.parts(hold.holds));
  return (
    <dl className={classes['facts']}>
      {hold.overAt === null && (
        <Fact name={say.until}>
          <When at={lastMoment(hold)} show="date" />
        </Fact>
      )}
      {hold.overAt === null && <Fact name={say.holds}>{parts === '' ? say.nothing : parts}</Fact>}
      <Said name={say.asked} at={hold.askedAt} by={hold.askedBy} />
      <Said name={say.approved} at={hold.approvedAt} by={hold.approvedBy} />
      <Said name={say.liftAsked} at={hold.liftAskedAt} by={hold.liftAskedBy} />
      <Said name={say.over} at={hold.overAt} by={hold.overBy} />
    </dl>
  );
}

type SaidProps = { readonly name: string; readonly at: string | null; readonly by: string | null };

/** When something was said of it, and by whom; of what ended by itself, when. */
function Said({ name, at, by }: SaidProps) {
  const { holds: say } = useWords('deletion');
  const names = useNames();
  if (at === null) return null;
  return (
    <Fact name={name}>
      <When at={at} />
      {by !== null && (
        <>
          <br />
          {names.get(by) ?? say.byGone}
        </>
      )}
    </Fact>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
