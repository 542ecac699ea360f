import { Text } from '@mantine/core';
import { When } from '../../parts/when.tsx';
import { useWords } from '../../words/use-words.ts';
import type { Entry } from './call.ts';
import classes from './call-detail.module.css';

type Props = {
  readonly entry: Entry;
  /** It may be sounding at this moment. */
  readonly isSpeaking: boolean;
};

/** One thing said, by whom and when. */
export function Said({ entry, isSpeaking }: Props) {
  const say = useWords('callDetail').transcript;
  const isAgent = entry.speaker === 'agent';
  return (
    <li className={classes[isAgent ? 'agent' : 'caller']}>
      <Text size="xs" c="dimmed" className={classes['who']}>
        <Text component="span" inherit fw={600}>
          {isAgent ? say.secretary : say.caller}
        </Text>
        {entry.kind === 'disclosure' && <span>{say.disclosure}</span>}
        <When at={entry.at} show="seconds" />
      </Text>
      <p className={classes['words']}>
        <Words entry={entry} isSpeaking={isSpeaking} />
      </p>
    </li>
  );
}

function Words({ entry, isSpeaking }: Props) {
  const say = useWords('callDetail').transcript;
  const isAgent = entry.speaker === 'agent';
  const meant = entry.meant ?? '';
  const heard = entry.heard ?? '';
  if (entry.kind === 'silence') return <em>{say.silence}</em>;
  if (entry.kind === 'digits') return isAgent ? say.pressed(meant) : say.keys(heard);
  if (!isAgent || meant === '' || heard === meant) return heard || meant;
  return <PartlyHeard meant={meant} heard={entry.heard} isSpeaking={isSpeaking} />;
}

type PartlyProps = { readonly meant: string; readonly heard: string | null; readonly isSpeaking: boolean };

/** What was heard of what was meant: nobody knows, nothing, or its beginning. */
function PartlyHeard({ meant, heard, isSpeaking }: PartlyProps) {
  const say = useWords('callDetail').transcript;
  if (heard === null) return <Unheard text={meant} note={isSpeaking ? say.speaking : say.unknown} />;
  if (heard === '') return <Unheard text={meant} note={say.unheard} />;
  const rest = meant.startsWith(heard) ? meant.slice(heard.length) : '';
  return (
    <>
      {heard}
      {rest !== '' && <Unheard text={rest} note={say.cut} />}
    </>
  );
}

/** Words that did not reach the caller, as far as anybody knows. Told in words as well: nobody has to see grey. */
function Unheard({ text, note }: { readonly text: string; readonly note: string }) {
  return (
    <>
      <s className={classes['unheard']}>{text}</s> <span className={classes['note']}>({note})</span>
    </>
  );
}
