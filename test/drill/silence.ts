import { spokenMs, wordsToAudio, type EmulatedCall } from '#adapters/carriers';

/** What is measured of a call: everything the caller heard and said, with its time. */
export type Phoned = Pick<EmulatedCall, 'transcript' | 'steps' | 'heardAudio'>;

type Stretch = { readonly from: number; readonly to: number };

/** Nobody spoke for `ms`, from so many milliseconds after the call began. */
export type Silence = { readonly ms: number; readonly at: number };

const bytesPerMs = 8;
/** µ-law of no sound at all. */
const silent = 0xff;

/**
 * The longest silence that the caller sat through, waiting: nobody spoke, and what ended it came from the product. A tone
 * is a sound. What the caller ends by speaking is the caller's own pause.
 */
export function longestWait(phoned: Phoned): Silence {
  const mine = saidByCaller(phoned);
  const sounds = [...heardOverStreams(phoned), ...heardElsewhere(phoned)];
  const all = [...sounds, ...mine].toSorted((one, other) => one.from - other.from);
  const answeredAt = phoned.steps.find(({ what }) => what === 'call-answered')?.atMs ?? 0;
  let longest: Silence = { ms: 0, at: 0 };
  let until = answeredAt;
  for (const stretch of all) {
    const ms = stretch.from - until;
    if (ms > longest.ms && sounds.includes(stretch)) longest = { ms: Math.round(ms), at: Math.round(until) };
    until = Math.max(until, stretch.to);
  }
  return longest;
}

/** Frames in which there is any sound. */
function heardOverStreams({ heardAudio }: Phoned): readonly Stretch[] {
  return heardAudio
    .filter(({ audio }) => audio.some((byte) => byte !== silent))
    .map(({ atMs, audio }) => ({ from: atMs, to: atMs + audio.length / bytesPerMs }));
}

/** What the carrier's own voice has said: an opening, a relay, a gather. It is silent for a letter behind each word. */
function heardElsewhere({ transcript, steps }: Phoned): readonly Stretch[] {
  const isOverStream = streamTimes(steps);
  return transcript
    .filter(({ speaker, atMs }) => speaker === 'secretary' && !isOverStream(atMs))
    .map(({ atMs, text }) => ({ from: atMs, to: atMs + spokenMs(`${text} `) }));
}

function saidByCaller({ transcript, steps }: Phoned): readonly Stretch[] {
  const isOverStream = streamTimes(steps);
  const lastsMs = (text: string, atMs: number) =>
    isOverStream(atMs) ? wordsToAudio(text).length / bytesPerMs : spokenMs(text);
  return transcript
    .filter(({ speaker }) => speaker === 'caller')
    .map(({ atMs, text }) => ({ from: atMs, to: atMs + lastsMs(text, atMs) }));
}

/** Tells of a time whether a media stream was open. */
function streamTimes(steps: Phoned['steps']): (atMs: number) => boolean {
  const ends = steps.filter(({ what }) => what === 'stream-over');
  const streams = ends.map(({ atMs: to }) => {
    const from = steps.findLast(({ what, atMs }) => what === 'socket-open' && atMs <= to)?.atMs ?? to;
    return { from, to };
  });
  return (atMs) => streams.some(({ from, to }) => atMs >= from && atMs < to);
}
