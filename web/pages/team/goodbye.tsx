import { api } from '../../api/client.ts';
import { useMe } from '../../api/me.ts';
import { useAction } from '../../api/use-action.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { useTell } from '../../parts/use-tell.ts';
import { useWords } from '../../words/use-words.ts';
import type { Person } from './people-card.tsx';

type Props = { readonly person: Person; readonly onClose: () => void };

/** Asks before a member is removed. */
export function Removing({ person, onClose }: Props) {
  const say = useWords('team');
  const tell = useTell();
  const name = person.name ?? say.nameless;
  const action = useAction(() => api('DELETE /api/v1/team/{id}', { params: { id: person.id } }), {
    changes: ['GET /api/v1/team', 'GET /api/v1/invitations', 'GET /api/v1/keys'],
    done: ({ keysRevoked, invitationsWithdrawn }) => tell(say.removing.done(name, keysRevoked, invitationsWithdrawn)),
  });
  return (
    <Confirm opened onClose={onClose} title={say.removing.title(name)} verb={say.removing.verb} action={action}>
      {say.removing.about}
    </Confirm>
  );
}

/** Asks before somebody leaves the business themselves; where they still belong is the next page. */
export function Leaving({ onClose }: Pick<Props, 'onClose'>) {
  const say = useWords('team');
  const { organisation } = useMe();
  const action = useAction(leaveTo(organisation?.id ?? ''), { changes: [], done: () => location.assign('/') });
  return (
    <Confirm
      opened
      onClose={onClose}
      title={say.leaving.title(organisation?.name ?? '')}
      verb={say.leaving.verb}
      action={action}
    >
      {say.leaving.about}
    </Confirm>
  );
}

function leaveTo(organisation: string) {
  return () => api('DELETE /api/v1/memberships/{organisation}', { params: { organisation } });
}
