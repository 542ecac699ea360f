import { ActionIcon, Badge, Code, Group, Menu, Text } from '@mantine/core';
import { IconBan, IconClockStop, IconDots, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useCan } from '../../api/me.ts';
import { useNames } from '../../parts/people.ts';
import { When } from '../../parts/when.tsx';
import { useWords } from '../../words/use-words.ts';
import type { Doing } from './key-list.tsx';
import classes from './keys.module.css';
import type { ApiKey } from './page.tsx';

type Props = {
  readonly apiKey: ApiKey;
  readonly isOver: boolean;
  readonly now: number;
  readonly onDo: (doing: Doing) => void;
};

/** One key: what it is for, what it may, from where, until when, and when it was used. */
export function KeyRow({ apiKey, isOver, now, onDo }: Props) {
  const { may } = useWords('access');
  const hasOld = apiKey.oldSecretEndsAt !== null && Date.parse(apiKey.oldSecretEndsAt) > now;
  return (
    <li className={classes['row']} data-over={isOver || undefined}>
      <div className={classes['main']}>
        <Group gap="xs">
          <Text fw={550}>{apiKey.name}</Text>
          <State apiKey={apiKey} isOver={isOver} />
        </Group>
        <Group gap={6} mt={6} component="ul" className={classes['scopes'] ?? ''}>
          {apiKey.scopes.map((scope) => (
            <li key={scope}>
              <Badge variant="default" tt="none" fw={450} title={scope} className={classes['pill'] ?? ''}>
                {may[scope] ?? scope}
              </Badge>
            </li>
          ))}
        </Group>
      </div>
      <Facts apiKey={apiKey} hasOld={hasOld && !isOver} isOver={isOver} />
      <div className={classes['more']}>{!isOver && <Actions apiKey={apiKey} hasOld={hasOld} onDo={onDo} />}</div>
    </li>
  );
}

function State({ apiKey, isOver }: Pick<Props, 'apiKey' | 'isOver'>) {
  const say = useWords('keys');
  if (!isOver) return null;
  return (
    <Badge color="gray" variant="light" tt="none">
      {apiKey.revokedAt === null ? say.expired : say.revoked}
    </Badge>
  );
}

type FactsProps = Pick<Props, 'apiKey' | 'isOver'> & { readonly hasOld: boolean };

function Facts({ apiKey, hasOld, isOver }: FactsProps) {
  const say = useWords('keys');
  const names = useNames();
  const maker = apiKey.madeBy === null ? say.byOperator : names.get(apiKey.madeBy);
  return (
    <dl className={classes['facts']}>
      <Fact name={say.begins}>
        <Code>{apiKey.begins}…</Code>
      </Fact>
      <Fact name={say.lastUsed}>{apiKey.lastUsedAt === null ? say.neverUsed : <When at={apiKey.lastUsedAt} />}</Fact>
      {!isOver && (
        <Fact name={say.until}>
          {apiKey.expiresAt === null ? say.noEnd : <When at={apiKey.expiresAt} show="date" />}
        </Fact>
      )}
      {!isOver && (
        <Fact name={say.from}>{apiKey.addresses.length === 0 ? say.anywhere : apiKey.addresses.join(', ')}</Fact>
      )}
      {hasOld && apiKey.oldSecretEndsAt !== null && (
        <Fact name={say.oldUntil}>
          <When at={apiKey.oldSecretEndsAt} />
        </Fact>
      )}
      <Fact name={say.made}>
        <When at={apiKey.createdAt} show="date" />, {maker ?? say.byGone}
      </Fact>
    </dl>
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

type ActionsProps = Pick<Props, 'apiKey' | 'onDo'> & { readonly hasOld: boolean };

function Actions({ apiKey: key, hasOld, onDo }: ActionsProps) {
  const say = useWords('keys');
  if (!useCan('keys:write')) return null;
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={say.actionsFor(key.name)}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => onDo({ what: 'rotate', key })}>
          {say.rotate}
        </Menu.Item>
        {hasOld && (
          <Menu.Item
            leftSection={<IconClockStop size={16} aria-hidden />}
            onClick={() => onDo({ what: 'end-old', key })}
          >
            {say.endOld}
          </Menu.Item>
        )}
        <Menu.Item
          c="var(--mantine-color-error)"
          leftSection={<IconBan size={16} aria-hidden />}
          onClick={() => onDo({ what: 'revoke', key })}
        >
          {say.revoke}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
