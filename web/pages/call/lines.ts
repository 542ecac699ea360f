import type { Entry } from './protocol.ts';

/** One thing in the conversation, as it is shown. */
export type Line = {
  readonly key: string;
  readonly by: 'secretary' | 'caller' | 'silence' | 'step';
  /** What was meant; the name of the tool for a step. */
  readonly text: string;
  /** As much of it as is known to have been heard. */
  readonly heard: string;
  /** `coming`: not all of it has been heard, and more may be. */
  readonly state: 'coming' | 'whole' | 'cut';
  readonly isKeys?: boolean;
  /** Its number in the transcript, once it stands there. */
  readonly seq?: number;
  /** Its number among what the carrier has played. */
  readonly n?: number;
};

export type Lines = readonly Line[];

/** Changes the first line that suits; undefined when there is none. */
function changed(lines: Lines, suits: (line: Line) => boolean, change: (line: Line) => Line): Lines | undefined {
  const at = lines.findIndex(suits);
  return at < 0 ? undefined : lines.with(at, change(lines[at]!));
}

/** Takes over what the transcript says now. */
export function withEntry(lines: Lines, entry: Entry): Lines {
  const known = changed(
    lines,
    ({ seq }) => seq === entry.seq,
    (line) => told(line, entry),
  );
  if (known) return known;
  const fresh = lineOf(entry);
  if (!fresh) return lines;
  // What is being played, or was typed here, stands there before the transcript tells of it.
  const waiting = (line: Line) =>
    line.seq === undefined &&
    line.by === fresh.by &&
    (fresh.by === 'caller' ? line.isKeys === fresh.isKeys : line.text === fresh.text);
  return changed(lines, waiting, (line) => told({ ...line, seq: entry.seq }, entry)) ?? [...lines, fresh];
}

function told(line: Line, { heard, meant }: Entry): Line {
  const text = line.by === 'caller' ? (heard ?? meant ?? line.text) : (meant ?? line.text);
  if (line.by === 'caller') return { ...line, text, heard: text, state: 'whole' };
  if (heard === null) return { ...line, text };
  const isWhole = heard.length >= text.length;
  // What is still being played is cut only when the carrier says so.
  if (!isWhole && line.n !== undefined && line.state === 'coming') return { ...line, text };
  return { ...line, text, heard, state: isWhole ? 'whole' : 'cut' };
}

function lineOf(entry: Entry): Line | undefined {
  const { seq, speaker, kind, meant, heard } = entry;
  const key = `entry-${seq}`;
  if (kind === 'silence') return { key, seq, by: 'silence', text: '', heard: '', state: 'whole' };
  const isKeys = kind === 'digits';
  if (speaker === 'caller') {
    const text = heard ?? meant ?? '';
    return { key, seq, by: 'caller', text, heard: text, state: 'whole', ...(isKeys && { isKeys }) };
  }
  if (meant === null && heard === null) return undefined;
  const line = { key, seq, by: 'secretary', text: meant ?? heard ?? '', heard: '', state: 'coming' } as const;
  return told({ ...line, ...(isKeys && { isKeys }) }, entry);
}

/** Something begins to be played. */
export function withSaying(lines: Lines, { n, text }: { readonly n: number; readonly text: string }): Lines {
  const isIt = (line: Line) =>
    line.by === 'secretary' && line.n === undefined && line.text === text && line.heard === '';
  const begun = changed(lines, isIt, (line) => ({ ...line, n }));
  return begun ?? [...lines, { key: `saying-${n}`, by: 'secretary', text, heard: '', state: 'coming', n }];
}

/** So many words of it have been heard. */
export function withWords(lines: Lines, { n, words }: { readonly n: number; readonly words: number }): Lines {
  return (
    changed(
      lines,
      (line) => line.n === n,
      (line) => ({ ...line, heard: firstWords(line.text, words) }),
    ) ?? lines
  );
}

/** Nothing more of it will be heard. */
export function withSaid(lines: Lines, { n, how }: { readonly n: number; readonly how: 'whole' | 'cut' }): Lines {
  const end = (line: Line): Line => ({ ...line, state: how, heard: how === 'whole' ? line.text : line.heard });
  return changed(lines, (line) => line.n === n, end) ?? lines;
}

/** What the caller typed or keyed, before the secretary has heard it. */
export function withTyped(lines: Lines, text: string, isKeys: boolean): Lines {
  const line = { key: `typed-${lines.length}`, by: 'caller', text, heard: text, state: 'whole' } as const;
  return [...lines, { ...line, ...(isKeys && { isKeys }) }];
}

/** A tool begins to run, or (undefined) what ran has ended. */
export function withTool(lines: Lines, tool: string | undefined): Lines {
  const settled = lines.map((line) =>
    line.by === 'step' && line.state === 'coming' && line.text !== tool ? { ...line, state: 'whole' as const } : line,
  );
  const isRunning = settled.some(({ by, state }) => by === 'step' && state === 'coming');
  if (tool === undefined || isRunning) return settled;
  return [...settled, { key: `step-${lines.length}`, by: 'step', text: tool, heard: '', state: 'coming' }];
}

/** Whatever is still open when the call is over stays as far as it came. */
export function closedLines(lines: Lines): Lines {
  return lines.map((line) =>
    line.state === 'coming' ? { ...line, state: line.by === 'step' ? 'whole' : 'cut' } : line,
  );
}

function firstWords(text: string, count: number): string {
  const found = [...text.matchAll(/\S+/g)].slice(0, count).at(-1);
  return found ? text.slice(0, found.index + found[0].length) : '';
}
