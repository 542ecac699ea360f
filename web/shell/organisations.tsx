import { Menu } from '@mantine/core';
import { IconBuilding, IconCheck } from '@tabler/icons-react';
import { api } from '../api/client.ts';
import { useMe } from '../api/me.ts';
import { useAction } from '../api/use-action.ts';
import { useWords } from '../words/use-words.ts';

/** For people who belong to several businesses: which one is open. Absent for all others. */
export function Organisations() {
  const say = useWords('account');
  const { session } = useMe();
  const open = useAction(
    (organisation: string) => api('PUT /api/v1/session/organisation', { body: { organisation } }),
    // Everything on screen was of the other one.
    { changes: [], done: () => location.assign('/') },
  );
  if (session.organisations.length < 2) return null;
  return (
    <>
      <Menu.Label>{say.organisations.title}</Menu.Label>
      {session.organisations.map(({ organisation, name }) => {
        const isHere = organisation === session.organisation;
        return (
          <Menu.Item
            key={organisation}
            aria-current={isHere ? 'true' : undefined}
            closeMenuOnClick={false}
            disabled={open.isRunning}
            leftSection={<IconBuilding size={16} aria-hidden />}
            rightSection={isHere ? <IconCheck size={16} aria-hidden /> : null}
            onClick={() => !isHere && void open.run(organisation)}
          >
            {name}
          </Menu.Item>
        );
      })}
      <Menu.Divider />
    </>
  );
}
