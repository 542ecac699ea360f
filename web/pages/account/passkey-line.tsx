import { ActionIcon, Group, Text, TextInput, Tooltip } from '@mantine/core';
import { IconCheck, IconKey, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useFirstFocus } from '../../parts/use-first-focus.ts';
import { When } from '../../parts/when.tsx';
import { useWords } from '../../words/use-words.ts';
import type { Factors } from './factors-type.ts';

type Passkey = Factors['passkeys'][number];
type Props = { readonly passkey: Passkey; readonly isLast: boolean };

/** One passkey: its name, when it was used, and what can be done with it. */
export function PasskeyLine({ passkey, isLast }: Props) {
  const { factors: say } = useWords('account');
  const [isRenaming, setRenaming] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const { id } = passkey;
  const name = passkey.name ?? say.unnamed;
  const remove = useAction<void, undefined>(() => api('DELETE /api/v1/session/passkeys/{id}', { params: { id } }));
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <Group gap="sm" wrap="nowrap" miw={0} flex={1}>
        <IconKey size={18} aria-hidden style={{ flex: 'none' }} />
        {isRenaming ? (
          <Rename passkey={passkey} onDone={() => setRenaming(false)} />
        ) : (
          <div style={{ minWidth: 0 }}>
            <Text size="sm" fw={550} truncate>
              {name}
            </Text>
            <Text size="xs" c="dimmed">
              {say.addedOn} <When at={passkey.createdAt} show="date" />
              {' · '}
              {passkey.lastUsedAt === null ? (
                say.neverUsed
              ) : (
                <>
                  {say.usedOn} <When at={passkey.lastUsedAt} show="date" />
                </>
              )}
              {passkey.synced && ` · ${say.synced}`}
            </Text>
          </div>
        )}
      </Group>
      {!isRenaming && (
        <Group gap={4} wrap="nowrap">
          <Act label={`${say.rename}: ${name}`} icon={IconPencil} onClick={() => setRenaming(true)} />
          <Act label={`${say.remove}: ${name}`} icon={IconTrash} onClick={() => setRemoving(true)} />
        </Group>
      )}
      <Confirm
        opened={isRemoving}
        onClose={() => setRemoving(false)}
        title={say.removePasskey(name)}
        verb={say.remove}
        action={remove}
      >
        {say.removePasskeyAbout} {isLast && say.removeLast}
      </Confirm>
    </Group>
  );
}

type ActProps = { readonly label: string; readonly icon: typeof IconKey; readonly onClick: () => void };

function Act({ label, icon: Icon, onClick }: ActProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onClick}>
        <Icon size={17} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

type RenameProps = { readonly passkey: Passkey; readonly onDone: () => void };

function Rename({ passkey, onDone }: RenameProps) {
  const { factors: say } = useWords('account');
  const shell = useWords('shell');
  const [name, setName] = useState(passkey.name ?? '');
  const first = useFirstFocus<HTMLInputElement>();
  const { id } = passkey;
  const save = useAction(
    (next: string) => api('PUT /api/v1/session/passkeys/{id}/name', { params: { id }, body: { name: next } }),
    { changes: ['GET /api/v1/session/factors'], done: onDone },
  );
  return (
    <form
      style={{ flex: 1 }}
      onSubmit={(event) => {
        event.preventDefault();
        void save.run(name.trim());
      }}
    >
      <Group gap="xs" wrap="nowrap">
        <TextInput
          flex={1}
          size="xs"
          maxLength={100}
          ref={first}
          aria-label={say.passkeyName}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <ActionIcon type="submit" variant="light" aria-label={shell.save} disabled={name.trim() === ''}>
          <IconCheck size={17} aria-hidden />
        </ActionIcon>
      </Group>
      <ProblemView problem={save.problem} />
    </form>
  );
}
