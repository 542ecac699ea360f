import { Anchor } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useApi } from '../../api/query.ts';
import { EntryFrame } from '../../parts/entry-frame.tsx';
import { nextPath } from '../../parts/next-path.ts';
import { PendingFactor } from '../../parts/pending-factor.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { takeFromHash } from '../../parts/take-from-hash.ts';
import { useWords } from '../../words/use-words.ts';
import { LinkSent } from './link-sent.tsx';
import { Ways } from './ways.tsx';

/** Signing in, in every way there is here. Goes on where one was. */
export default function SignIn() {
  const say = useWords('signIn');
  const factor = useWords('secondFactor');
  const [{ next, again }] = useSearchState();
  const methods = useApi('GET /api/v1/sign-in/methods');
  const [pending, setPending] = useState(() => takeFromHash('second-factor'));
  const [mailedTo, setMailedTo] = useState<string>();
  const isFirstRun = methods.data?.firstRun === true;
  useEffect(() => {
    if (isFirstRun) location.replace('/welcome');
  }, [isFirstRun]);
  const goOn = () => location.replace(nextPath(next));
  if (pending !== undefined) {
    return (
      <EntryFrame title={factor.title} below={<Anchor href="/sign-in">{factor.startAgain}</Anchor>}>
        <PendingFactor pending={pending} onDone={goOn} />
      </EntryFrame>
    );
  }
  if (mailedTo !== undefined) {
    return <LinkSent email={mailedTo} by={methods.data?.link} onBack={() => setMailedTo(undefined)} />;
  }
  const signUp = methods.data?.signUp === true && (
    <>
      {say.newHere}{' '}
      <Anchor href="/sign-up" underline="always">
        {say.signUp}
      </Anchor>
    </>
  );
  const texts = again === undefined ? { title: say.title } : say.again;
  return (
    <EntryFrame {...texts} below={signUp}>
      <Ways methods={methods.data} onPending={setPending} onDone={goOn} onMailed={setMailedTo} />
    </EntryFrame>
  );
}
