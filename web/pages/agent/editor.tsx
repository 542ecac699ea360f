import { Alert, Stack } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import type { AnswerOf } from '../../api/client.ts';
import { useCan } from '../../api/me.ts';
import { useApi, useVersioned } from '../../api/query.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { useTell } from '../../parts/use-tell.ts';
import { useWords } from '../../words/use-words.ts';
import classes from './agent.module.css';
import { ConflictView } from './conflict.tsx';
import { FactsCard } from './facts-card.tsx';
import { HoursCard } from './hours-card.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { ModelCard } from './model-card.tsx';
import { OpeningPreview } from './opening-preview.tsx';
import { SaveBar } from './save-bar.tsx';
import { ToolsCard } from './tools-card.tsx';
import { TransferCard } from './transfer-card.tsx';
import { useDraft, type Draft, type Versioned } from './use-draft.ts';
import { WordsCard } from './words-card.tsx';

export type Options = AnswerOf<'GET /api/v1/agent-options'>;

/** What every part of the form is given. */
export type PartProps = { readonly draft: Draft; readonly options: Options; readonly isLocked: boolean };

/** The editor of one secretary, once it is known. */
export function EditorOf({ id }: { readonly id: string }) {
  const agent = useVersioned('GET /api/v1/agents/{id}', { params: { id } });
  const options = useApi('GET /api/v1/agent-options');
  return (
    <Loaded query={agent} lines={10}>
      {(loaded) => (
        <Loaded query={options} lines={10}>
          {(known) => <Editor loaded={loaded} options={known} />}
        </Loaded>
      )}
    </Loaded>
  );
}

function Editor({ loaded, options }: { readonly loaded: Versioned; readonly options: Options }) {
  const say = useWords('agent');
  const isLocked = !useCan('agents:write');
  const tell = useTell();
  const draft = useDraft(loaded, () => tell(say.save.saved));
  const part = { draft, options, isLocked };
  return (
    <>
      {isLocked && (
        <Alert variant="light" color="gray" icon={<IconEye aria-hidden />} mb="lg">
          {say.readOnly}
        </Alert>
      )}
      <div className={classes['editor']}>
        <div className={classes['words']}>
          <WordsCard {...part} />
        </div>
        <div className={classes['preview']}>
          <OpeningPreview draft={draft} />
        </div>
        <Stack gap="lg" className={classes['rest'] ?? ''}>
          <HoursCard {...part} />
          <FactsCard {...part} />
          <TransferCard {...part} />
          <ModelCard {...part} />
          <ToolsCard {...part} />
        </Stack>
      </div>
      <SaveBar draft={draft} />
      <ConflictView draft={draft} />
      <LeaveGuard isDirty={draft.isDirty} />
    </>
  );
}
