import { ActionIcon, Avatar, Badge, Menu, Text, Tooltip } from '@mantine/core';
import { IconDots, IconDoorExit, IconUserMinus, IconUserShield } from '@tabler/icons-react';
import { useCan } from '../../api/me.ts';
import { isBeyond, type Membership } from '../../parts/roles.ts';
import { When } from '../../parts/when.tsx';
import { useWords } from '../../words/use-words.ts';
import type { Doing, Person } from './people-card.tsx';
import classes from './team.module.css';

type Props = {
  readonly person: Person;
  readonly mine: Membership;
  readonly onDo: (doing: Doing) => void;
};

/** One member: who they are, since when, as what. */
export function PersonRow({ person, mine, onDo }: Props) {
  const say = useWords('team');
  const { roles } = useWords('access');
  const isMe = person.id === mine.person;
  const name = person.name ?? say.nameless;
  return (
    <li className={classes['row']}>
      <Avatar name={person.name ?? ''} size={38} color="sotto" aria-hidden />
      <div className={classes['who']}>
        <Text fw={550} truncate>
          {name}
          {isMe && (
            <Badge ml={8} size="sm" variant="light" tt="none">
              {say.you}
            </Badge>
          )}
        </Text>
        <Text size="sm" c="dimmed" truncate>
          {person.email}
        </Text>
        {!person.signsIn && (
          <Tooltip
            label={say.noSignInAbout}
            withinPortal={false}
            multiline
            maw={280}
            events={{ hover: true, focus: true, touch: true }}
          >
            <Text size="sm" c="var(--mantine-color-error)" w="fit-content" tabIndex={0}>
              {say.noSignIn}
            </Text>
          </Tooltip>
        )}
      </div>
      <div className={classes['meta']}>
        <Text size="sm" fw={500}>
          {roles[person.role].name}
        </Text>
        <Text size="sm" c="dimmed">
          {say.joined} <When at={person.joinedAt} show="date" />
        </Text>
      </div>
      <div className={classes['more']}>
        <Actions person={person} mine={mine} onDo={onDo} />
      </div>
    </li>
  );
}

function Actions({ person, mine, onDo }: Props) {
  const say = useWords('team');
  const mayChange = useCan('team:write');
  const isMe = person.id === mine.person;
  if (!mayChange && !isMe) return null;
  const label = say.actionsFor(person.name ?? say.nameless);
  if (isBeyond(mine, person.role)) return <NoActions label={label} />;
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={label}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {mayChange && (
          <Menu.Item
            leftSection={<IconUserShield size={16} aria-hidden />}
            onClick={() => onDo({ what: 'role', person })}
          >
            {say.changeRole}
          </Menu.Item>
        )}
        {isMe ? (
          <Menu.Item
            c="var(--mantine-color-error)"
            leftSection={<IconDoorExit size={16} aria-hidden />}
            onClick={() => onDo({ what: 'leave', person })}
          >
            {say.leave}
          </Menu.Item>
        ) : (
          <Menu.Item
            c="var(--mantine-color-error)"
            leftSection={<IconUserMinus size={16} aria-hidden />}
            onClick={() => onDo({ what: 'remove', person })}
          >
            {say.remove}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Where nothing may be done, it is said why. */
function NoActions({ label }: { readonly label: string }) {
  const { beyond } = useWords('team');
  return (
    <Tooltip
      label={beyond}
      withinPortal={false}
      multiline
      maw={240}
      position="left"
      events={{ hover: true, focus: true, touch: true }}
    >
      <ActionIcon variant="subtle" color="gray" aria-label={`${label}. ${beyond}`} aria-disabled data-disabled>
        <IconDots size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
