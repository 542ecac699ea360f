import { Checkbox, Input, Stack } from '@mantine/core';
import { useMe } from '../../api/me.ts';
import { useApi } from '../../api/query.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { grouped } from '../../parts/permission-groups.ts';
import { useWords } from '../../words/use-words.ts';
import classes from './keys.module.css';

type Props = { readonly chosen: readonly string[]; readonly onChange: (scopes: readonly string[]) => void };

/** What a key may do, of that which its maker may do with everything of the business. */
export function ScopeChoice({ chosen, onChange }: Props) {
  const say = useWords('keys').making;
  const access = useWords('access');
  const { grants } = useMe();
  const published = useApi('GET /api/v1/permissions');
  const toggle = (scope: string, isOn: boolean) =>
    onChange(isOn ? [...chosen, scope] : chosen.filter((one) => one !== scope));
  return (
    <fieldset className={classes['choice']}>
      <Input.Label component="legend">{say.scopes}</Input.Label>
      <Input.Description mb={6}>{say.scopesAbout}</Input.Description>
      <div className={classes['permissions']}>
        <Loaded query={published} lines={6}>
          {({ permissions }) =>
            grouped(permissions).map(([group, some]) => (
              <fieldset key={group}>
                <legend>{access.groups[group]}</legend>
                <Stack gap={8}>
                  {some.map(({ permission, say: english }) => (
                    <Checkbox
                      key={permission}
                      size="sm"
                      label={access.may[permission] ?? english}
                      description={grants[permission] === 'all' ? permission : say.notYours}
                      disabled={grants[permission] !== 'all'}
                      checked={chosen.includes(permission)}
                      onChange={(event) => toggle(permission, event.currentTarget.checked)}
                    />
                  ))}
                </Stack>
              </fieldset>
            ))
          }
        </Loaded>
      </div>
    </fieldset>
  );
}
