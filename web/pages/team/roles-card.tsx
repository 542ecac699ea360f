import { IconCheck, IconMinus } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useApi } from '../../api/query.ts';
import { Card } from '../../parts/card.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { grouped, type Permission } from '../../parts/permission-groups.ts';
import { roles, type Role } from '../../parts/roles.ts';
import { useWords } from '../../words/use-words.ts';
import classes from './team.module.css';

/** What each role may do: the table that the server itself goes by. */
export function RolesCard() {
  const say = useWords('team').rolesCard;
  const published = useApi('GET /api/v1/permissions');
  return (
    <Card title={say.title} about={say.about}>
      <Loaded query={published} lines={10}>
        {({ permissions }) => <Matrix permissions={permissions} />}
      </Loaded>
    </Card>
  );
}

function Matrix({ permissions }: { readonly permissions: readonly Permission[] }) {
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
                    <Reach role={role} reach={one.roles[role]} />
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

/** Whether a role may, and how far. On a narrow page, where no heads of columns are, the role is named. */
function Reach({ role, reach }: { readonly role: Role; readonly reach: 'all' | 'own' | undefined }) {
  const access = useWords('access');
  return (
    <span className={reach ? classes['yes'] : classes['no']}>
      <span className={classes['narrow']}>{access.roles[role].name}</span>
      {reach === 'all' && <IconCheck size={17} stroke={2.2} aria-label={access.all} />}
      {reach === 'own' && <span className={classes['own']}>{access.own}</span>}
      {reach === undefined && <IconMinus size={15} stroke={1.6} aria-label={access.none} />}
    </span>
  );
}
