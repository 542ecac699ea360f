import { isProblem } from '#base';
import type { StreamEvent } from '#adapters/carriers';
import { listen } from './ear.ts';
import { shut } from './ending.ts';
import { hush } from './hush.ts';
import { takeFrame } from './inbound.ts';
import { press, type Keyed } from './keypad.ts';
import { limits } from './limits.ts';
import type { Live } from './live.ts';
import { marked } from './playout.ts';
import { callerKeyed } from './script.ts';
import { callerPlace, streamMs } from './stream-time.ts';

/** What a model is told instead of a card number. */
const cardKeyed =
  'The caller has keyed the number of a payment card. It was kept from you. Say that card numbers are not taken here, ' +
  'and go on.';

/** Takes one message of the carrier. */
export function takeMessage(live: Live, message: Buffer): void {
  if (live.phase === 'closing' || live.phase === 'over') return;
  const event = read(live, message);
  if (!event) return malformed(live);
  switch (event.type) {
    case 'audio':
      return hearFrame(live, event);
    case 'mark':
      return marked(live.out, event.name, live.now());
    case 'digit':
      return pressed(live, event.digit.reveal(), live.now());
    case 'stop':
      return shut(live, 'stopped', live.now());
    default:
      return undefined;
  }
}

/** Digits are complete: the desk is told, and the model, if they are nothing that must be kept from it. */
export function keyed(live: Live, { digits, isCard }: Keyed, now: number): void {
  const { link } = live;
  live.callerAt = now;
  live.options.tell({ type: 'keyed', digits });
  if (live.phase !== 'open') return;
  callerKeyed(live.script, isCard ? '(keyed a card number)' : `(keyed ${digits})`, now);
  live.owed = { by: 'model', since: now, from: now, ask: isCard ? cardKeyed : undefined, to: 'nothing' };
  if (link?.readyAt === undefined) {
    if (!isCard) link?.later.push((session) => session.keyed(digits));
  } else if (isCard) link.session.prompt(cardKeyed);
  else link.session.keyed(digits);
}

/** Undefined for what is no message of a stream. */
function read(live: Live, message: Buffer): StreamEvent | undefined {
  try {
    return live.options.dialect.read(message);
  } catch (error) {
    if (isProblem(error, 'frame-malformed')) return undefined;
    throw error;
  }
}

function malformed(live: Live): void {
  live.stats.malformed += 1;
  if (live.stats.malformed > limits.malformedFrames) shut(live, 'dropped', live.now());
}

/** Fifty times a second. */
function hearFrame(live: Live, { payload, atMs }: StreamEvent & { type: 'audio' }): void {
  const now = live.now();
  const { into, options } = live;
  live.stats.framesIn += 1;
  takeFrame(into, payload, atMs, now);
  listen(live.ear, payload, { at: into.kept.next - 1, isHeard: live.callerSpeaks }, now);
  if (options.tap) options.tap.caller(payload, callerPlace(live.time, atMs, now));
}

/** Whoever presses a key has heard enough. */
function pressed(live: Live, key: string, now: number): void {
  live.options.tap?.digits(streamMs(live.time, now));
  live.callerAt = now;
  live.isQuietTold = false;
  if (live.phase === 'open') hush(live, now);
  const run = press(live.pad, key, now);
  if (run) keyed(live, run, now);
}
