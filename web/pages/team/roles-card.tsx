import { Box, SegmentedControl, Text } from '@mantine/core';
import { IconCheck, IconMinus } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useApi } from '../../api/query.ts';
import { Card } from '../../parts/card.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { grouped, type Permission } from '../../parts/permission-groups.ts';
import { roles } from '../../parts/roles.ts';
import { useSearchState } from '../../parts/search-state.ts';
import { useWords } from '../../words/use-words.ts';
import classes from './team.module.css';

type Props = { readonly permissions: readonly Permission[] };

/** What each role may do: the table that the server itself goes by. Where there is no room for it, one role at a time. */
export function RolesCard() {
  const say = useWords('team').rolesCard;
  const published = useApi('GET /api/v1/permissions');
  return (
    <Card title={say.title} about={say.about}>
      <Loaded query={published} lines={10}>
        {({ permissions }) => (
          <>
            <Box visibleFrom="sm">
              <Matrix permissions={permissions} />
            </Box>
            <Box hiddenFrom="sm">
              <OneRole permissions={permissions} />
            </Box>
          </>
        )}
      </Loaded>
    </Card>
  );
}

function Matrix({ permissions }: Props) {
  const say = useWords('team').rolesCard;
  const access = useWords('access');
  return (
    <table className={classes['matrix']}>
      <thead>
        <tr>
          <th scope="col">{say.what}</th>
          {roles.map((role) => (
            <th key={role} scope="col">
              {access.roles[role].name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {grouped(permissions).map(([group, some]) => (
          <Fragment key={group}>
            <tr>
              <th scope="rowgroup" colSpan={5} className={classes['group']}>
                {access.groups[group]}
              </th>
            </tr>
            {some.map((one) => (
              <tr key={one.permission}>
                <th scope="row">{access.may[one.permission] ?? one.say}</th>
                {roles.map((role) => (
                  <td key={role}>
                    <Reach reach={one.roles[role]} />
                  </td>
                ))}
              </tr>
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function OneRole({ permissions }: Props) {
  const say = useWords('team').rolesCard;
  const access = useWords('access');
  const [search, set] = useSearchState();
  const role = roles.find((one) => one === search['role']) ?? 'agent';
  return (
    <>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={say.title}
        value={role}
        onChange={(next) => set({ role: next })}
        data={roles.map((one) => ({ value: one, label: access.roles[one].name }))}
      />
      {grouped(permissions).map(([group, some]) => (
        <section key={group}>
          <Text component="h3" size="sm" fw={600} c="dimmed" mt="md">
            {access.groups[group]}
          </Text>
          <ul className={classes['list']}>
            {some.map((one) => (
              <li key={one.permission} data-no={one.roles[role] === undefined || undefined}>
                {access.may[one.permission] ?? one.say}
                <Reach reach={one.roles[role]} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** Whether a role may, and how far. */
function Reach({ reach }: { readonly reach: 'all' | 'own' | undefined }) {
  const access = useWords('access');
  if (reach === undefined)
    return <IconMinus size={15} stroke={1.6} className={classes['no']} aria-label={access.none} />;
  if (reach === 'all') return <IconCheck size={17} stroke={2.2} className={classes['yes']} aria-label={access.all} />;
  return <span className={classes['own']}>{access.own}</span>;
}
