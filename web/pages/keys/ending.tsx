import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { useWords } from '../../words/use-words.ts';
import type { ApiKey } from './page.tsx';

type Props = { readonly apiKey: ApiKey; readonly onClose: () => void };

const changes = ['GET /api/v1/keys'] as const;

/** Asks before a key is revoked. */
export function Revoking({ apiKey: { id, name }, onClose }: Props) {
  const say = useWords('keys').revoking;
  const action = useAction(() => api('DELETE /api/v1/keys/{id}', { params: { id } }), { changes });
  return (
    <Confirm opened onClose={onClose} title={say.title(name)} verb={say.verb} action={action}>
      {say.about}
    </Confirm>
  );
}

/** Asks before the secret from before a rotation ends. */
export function EndingOld({ apiKey: { id, name }, onClose }: Props) {
  const say = useWords('keys').endingOld;
  const action = useAction(() => api('DELETE /api/v1/keys/{id}/old-secret', { params: { id } }), { changes });
  return (
    <Confirm opened onClose={onClose} title={say.title(name)} verb={say.verb} action={action}>
      {say.about}
    </Confirm>
  );
}
