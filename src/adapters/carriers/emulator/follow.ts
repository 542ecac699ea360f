import { askProduct, tellStatus } from './webhooks.ts';
import { playRelay } from './relay-session.ts';
import { playStream } from './stream-session.ts';
import { readVerbs, type Dial, type Gather, type Verb } from './verbs.ts';
import { voiceFor } from './audience.ts';
import { playOutside } from './outside-stream.ts';
import { later } from './voice.ts';
import type { Ended, Leg, Next } from './leg.ts';

/** No real call has so many answers; one that does is going in circles. */
const mostDocuments = 1_000;

/** Plays a call from its first webhook to its end, following what the product answers. */
export async function followCall(leg: Leg, voiceUrl: string): Promise<Ended> {
  try {
    let document = await askProduct(leg, voiceUrl, ringingFields(leg));
    for (let count = 0; count < mostDocuments; count += 1) {
      const next = await followDocument(leg, document);
      if ('ended' in next) return next.ended;
      document = next.document;
    }
    return { how: 'failed', why: 'the answers go in circles' };
  } catch (error) {
    return { how: 'failed', why: error instanceof Error ? error.message : 'unknown' };
  }
}

/** Fields that come with the first webhook alone. */
function ringingFields(leg: Leg): Record<string, string> {
  return { CallToken: leg.random.bytes(16).toString('base64url'), StirVerstat: 'TN-Validation-Passed-A' };
}

async function followDocument(leg: Leg, document: string): Promise<NonNullable<Next>> {
  for (const verb of readVerbs(document)) {
    if (!leg.cut && verb.verb !== 'reject') await answer(leg);
    const led = leg.cut ? undefined : await perform(leg, verb);
    const next = takeCut(leg) ?? led;
    if (next) return next;
  }
  return takeCut(leg) ?? { ended: { how: 'product-hung-up' } };
}

/** A cut wins over what the verb led to: the caller who is gone is not asked again. */
function takeCut(leg: Leg): Next {
  const { cut } = leg;
  if (!cut) return undefined;
  if (cut.by !== 'redirect') return { ended: { how: cut.by } };
  leg.cut = undefined;
  leg.log('redirected');
  return { document: cut.document };
}

async function answer(leg: Leg): Promise<void> {
  if (leg.status !== 'ringing') return;
  leg.status = 'in-progress';
  leg.log('call-answered');
  if (!leg.options.faults?.statusOutOfOrder) await tellStatus(leg, 'in-progress', 0);
}

async function perform(leg: Leg, verb: Verb): Promise<Next> {
  switch (verb.verb) {
    case 'say':
      return say(leg, verb);
    case 'pause':
      await leg.wait(verb.waitS * 1_000);
      return undefined;
    case 'press':
      return press(leg, verb.digits);
    case 'gather':
      return gather(leg, verb);
    case 'relay':
      return playRelay(leg, verb);
    case 'stream':
      return leg.options.audience ? playOutside(leg, verb, leg.options.audience) : playStream(leg, verb);
    case 'redirect':
      return { document: await askProduct(leg, verb.url, {}) };
    case 'dial':
      return dial(leg, verb);
    case 'reject':
      leg.status = 'busy';
      return { ended: { how: 'rejected', why: verb.reason } };
    case 'hang-up':
      return { ended: { how: 'product-hung-up' } };
  }
}

/** Nobody listens while a Say plays; it is cut only with the call. */
async function say(leg: Leg, { text, language }: Verb & { verb: 'say' }): Promise<undefined> {
  const listener = { played() {}, finished: leg.heardFromProduct, changed: leg.tell };
  const voice = voiceFor(leg, listener, language);
  voice.queue({ text, last: true, interruptible: false });
  await leg.until(() => (leg.cut || !voice.isPlaying() ? true : undefined));
  const cut = voice.stop();
  if (cut) leg.heardFromProduct(cut);
}

/** How long a key sounds here the carrier does not say; a fifth of a second with its pause is usual. */
async function press(leg: Leg, digits: string): Promise<undefined> {
  for (const key of digits) {
    if (leg.cut) return;
    if (/[^wW]/.test(key)) leg.heardKeys(key);
    await leg.wait(waitsMs[key] ?? keyMs);
  }
}

const keyMs = 200;
const waitsMs: Readonly<Record<string, number>> = { w: 500, W: 1_000 };

async function gather(leg: Leg, verb: Gather): Promise<Next> {
  for (const prompt of verb.prompts) await perform(leg, prompt);
  const result = await listen(leg, verb);
  if (leg.cut || !result) return undefined;
  const silent = Object.keys(result).length === 0;
  if (verb.action === undefined || (silent && !verb.tellsSilence)) return undefined;
  return { document: await askProduct(leg, verb.action, result) };
}

/** Opens the caller's ear and mouth until something was said or keyed, or the time is over. */
async function listen(leg: Leg, verb: Gather): Promise<Record<string, string> | undefined> {
  let result: Record<string, string> | undefined;
  let digits = '';
  const settle = (found: Record<string, string>) => {
    result ??= found;
    leg.tell();
  };
  const runOut = () => later(leg.pace, verb.waitS * 1_000, () => settle(digits === '' ? {} : { Digits: digits }));
  let cancel = runOut();
  leg.ear = {
    isQuiet: () => true,
    wordsHeard: () => 0,
    takes: {
      what: 'words',
      begins() {
        if (verb.speech) cancel();
        return verb.speech;
      },
      speech: (text) => settle({ SpeechResult: text, Confidence: '0.91' }),
    },
    key(digit) {
      if (!verb.digits) return;
      cancel();
      if (digit === verb.finishOnKey) return settle(digits === '' ? {} : { Digits: digits });
      digits += digit;
      cancel = runOut();
    },
  };
  leg.log('gather-open');
  leg.tell();
  await leg.until(() => (result || leg.cut ? true : undefined));
  cancel();
  leg.ear = undefined;
  return result;
}

/** A person is rung; how that ends is decided by the call's script. */
async function dial(leg: Leg, verb: Dial): Promise<Next> {
  const outcome = leg.options.transfer?.(verb.to) ?? { how: 'completed', afterMs: 10_000 };
  leg.log('transfer', outcome.how);
  await leg.wait(outcome.how === 'no-answer' ? verb.waitS * 1_000 : outcome.afterMs);
  if (leg.cut || verb.action === undefined) return undefined;
  const seconds = outcome.how === 'completed' ? String(Math.ceil(outcome.afterMs / 1_000)) : '0';
  const document = await askProduct(leg, verb.action, {
    DialCallSid: `CA${leg.random.bytes(16).toString('hex')}`,
    DialCallStatus: outcome.how,
    DialCallDuration: seconds,
    DialBridged: String(outcome.how === 'completed'),
  });
  return { document };
}
