import { Stack } from '@mantine/core';
import { useState } from 'react';
import { useApi } from '../../api/query.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { useWords } from '../../words/use-words.ts';
import { Factors } from './factors.tsx';
import { Organisations } from './organisations.tsx';
import { Outside } from './outside.tsx';
import { Password } from './password.tsx';
import { Profile } from './profile.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { Sessions } from './sessions.tsx';

/** One's own account: who one is, with what one comes in, where one is signed in. */
export default function Account() {
  const say = useWords('account');
  const [{ problem: told }] = useSearchState();
  const methods = useApi('GET /api/v1/sign-in/methods');
  const [codes, setCodes] = useState<readonly string[]>();
  const arrived = told === undefined ? undefined : { code: told, title: told, status: 0, detail: '' };
  return (
    <PageFrame title={say.title} about={say.about} width="narrow">
      <Stack gap="lg">
        <ProblemView problem={arrived} />
        <Profile link={methods.data?.link} />
        <Loaded query={methods}>{(found) => <Factors methods={found} onCodes={setCodes} />}</Loaded>
        <Password />
        <Outside providers={methods.data?.providers ?? []} />
        <Sessions />
        <Organisations />
      </Stack>
      {codes && <RecoveryCodes codes={codes} onKept={() => setCodes(undefined)} />}
    </PageFrame>
  );
}
