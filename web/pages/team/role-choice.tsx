import { Group, Radio, Stack, Text } from '@mantine/core';
import { isBeyond, roles, type Membership, type Role } from '../../parts/roles.ts';
import { useWords } from '../../words/use-words.ts';
import classes from './team.module.css';

type Props = {
  readonly label: string;
  readonly value: Role;
  readonly mine: Membership;
  readonly onChange: (role: Role) => void;
};

/** One of the roles, each with what it may. Who may not give one sees why. */
export function RoleChoice({ label, value, mine, onChange }: Props) {
  const say = useWords('team');
  const { roles: named } = useWords('access');
  return (
    <Radio.Group label={label} value={value} onChange={(next) => onChange(next)}>
      <Stack gap="xs" mt={6}>
        {roles.map((role) => {
          const beyond = isBeyond(mine, role);
          return (
            <Radio.Card key={role} value={role} disabled={beyond} className={classes['choice'] ?? ''}>
              <Group wrap="nowrap" align="flex-start" gap="sm">
                <Radio.Indicator mt={2} disabled={beyond} />
                <div>
                  <Text size="sm" fw={600}>
                    {named[role].name}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {beyond ? say.role.beyond : named[role].about}
                  </Text>
                </div>
              </Group>
            </Radio.Card>
          );
        })}
      </Stack>
    </Radio.Group>
  );
}
