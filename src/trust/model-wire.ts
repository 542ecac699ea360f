import {
  Outside,
  Personal,
  problem,
  type Http,
  type HttpRequest,
  type HttpResponse,
  type Item,
  type PeerListener,
  type Processor,
} from '#base';
import type {
  Briefing,
  EndedCall,
  ModelReach,
  SpeechListener,
  SpeechModel,
  SpeechPlan,
  TextModel,
  Turn,
} from '#adapters/models';
import type { Reach } from './claim.ts';

/** What a model file put on the wire when it was used as a call uses it. Nothing of it left this process. */
export type Sent = {
  /** Bodies of requests. */
  readonly requests: readonly string[];
  readonly conversations: readonly Conversation[];
};

/** What went over one socket. `before`: until the vendor had accepted how the conversation is to be held. */
export type Conversation = {
  readonly url: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
};

/** What a vendor answers, so that its file goes on. Written from the provider's documentation. */
export type Vendor = {
  /** How a message that sets up a conversation is accepted; undefined for any other message. */
  accept(message: string): string | undefined;
  /** How it is refused. */
  refuse(message: string): string;
};

type Means = Pick<Reach, 'clock' | 'random' | 'config'>;

/**
 * Uses a model as calls do: a turn, a summary, and two spoken conversations, one of them refused at first, all against
 * a wire that leads nowhere. Throws `vendor-unknown` when it could not be brought to send anything.
 */
export async function sentBy(means: Means, { id, item }: Item<TextModel>, vendor: Vendor): Promise<Sent> {
  const requests = await askedBy(means, item);
  const { speech } = item;
  const conversations = speech
    ? [await heldBy(means, speech, { vendor, refusals: 0 }), await heldBy(means, speech, { vendor, refusals: 1 })]
    : [];
  const isMute = requests.length === 0 || conversations.some(({ after }) => after.length === 0);
  if (isMute) throw problem('vendor-unknown', `The probe cannot get ${id} to send; teach src/trust/model-wire.ts.`);
  return { requests, conversations };
}

const closed = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const briefing: Briefing = {
  business: 'Probe',
  agent: 'Probe',
  greeting: 'This is a probe.',
  timeZone: 'UTC',
  hours: closed,
  facts: [],
  visitMinutes: 30,
  canTransfer: false,
  language: 'en-US',
};
const access = { key: new Personal('no key'), baseUrl: undefined };

async function askedBy(means: Means, model: TextModel): Promise<readonly string[]> {
  const requests: string[] = [];
  const request = async (_to: Processor, { body }: HttpRequest): Promise<HttpResponse> => {
    requests.push(String(body ?? ''));
    // Refused for good, so that nobody tries again.
    return { status: 400, headers: {}, body: Buffer.from('{}') };
  };
  const reach = reachOver(means, Object.assign(request, { connect: noSocket }));
  const now = means.clock.now();
  const turn: Turn = {
    state: null,
    input: { type: 'heard', text: 'Hello?', interrupted: false },
    briefing,
    now,
    tools: [],
  };
  const ended: EndedCall = {
    state: null,
    briefing,
    now,
    transcript: [{ speaker: 'caller', text: 'Hello?' }],
    done: [],
  };
  await orRefused(model.turn(turn, reach));
  await orRefused(model.debrief(ended, reach));
  return requests;
}

async function orRefused(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof Outside)) throw error;
  });
}

const plan: SpeechPlan = {
  instructions: 'This is a probe.',
  tools: [],
  language: 'en-US',
  voice: undefined,
  terms: ['Probe'],
  history: [
    { by: 'caller', text: 'Hello?' },
    { by: 'agent', text: 'Hello.' },
    { by: 'tool', callId: 'probe', tool: 'probe', input: '{}', result: '{"ok":true,"value":{}}' },
  ],
};

type Holding = { readonly vendor: Vendor; readonly refusals: number };

/** Everything that a line does with a conversation, once it has been accepted. */
async function heldBy(means: Means, speech: SpeechModel, { vendor, refusals }: Holding): Promise<Conversation> {
  const sent = { url: '', before: [] as string[], after: [] as string[], refusals, isAccepted: false };
  const connect: Http['connect'] = async (_to, { url }, ear) => {
    sent.url = url;
    const send = (text: string) => take(sent, { text, vendor, ear });
    return { send, sendAll: (texts) => texts.forEach(send), backlog: () => 0, close: () => {}, cut: () => {} };
  };
  const begun = Promise.withResolvers<void>();
  const http = Object.assign(noRequest, { connect });
  const session = speech.open(reachOver(means, http), access, plan, listening(begun.resolve));
  await begun.promise;
  session.hear(Buffer.alloc(160, 0xff).toString('base64'));
  session.keyed('1');
  session.result('probe', { ok: false, why: 'unavailable' });
  session.prompt('Say hello.');
  session.probe();
  session.close();
  return sent;
}

type Sending = { url: string; before: string[]; after: string[]; refusals: number; isAccepted: boolean };
type Message = { readonly text: string; readonly vendor: Vendor; readonly ear: PeerListener };

function take(sent: Sending, { text, vendor, ear }: Message): void {
  (sent.isAccepted ? sent.after : sent.before).push(text);
  const accepted = vendor.accept(text);
  if (sent.isAccepted || accepted === undefined) return;
  sent.isAccepted = sent.refusals === 0;
  const answer = sent.isAccepted ? accepted : vendor.refuse(text);
  sent.refusals -= 1;
  // Never in the middle of a `send`.
  void Promise.resolve().then(() => ear.text(Buffer.from(answer)));
}

/** A listener that only waits for the beginning, or for the end instead. */
function listening(begun: () => void): SpeechListener {
  const nothing = () => {};
  return {
    ready: begun,
    lost: begun,
    callerBegan: nothing,
    callerEnded: nothing,
    heard: nothing,
    answering: nothing,
    audio: nothing,
    answered: nothing,
    asks: nothing,
    used: nothing,
    alive: nothing,
    rests: nothing,
  };
}

function reachOver({ clock, random, config }: Means, http: Http): ModelReach {
  return { clock, random, config, http, log: () => {}, access };
}

const noSocket: Http['connect'] = async () => {
  throw problem('host-not-listed', 'A text request needs no socket.');
};
const noRequest = async (): Promise<HttpResponse> => {
  throw problem('host-not-listed', 'A conversation is held over a socket.');
};
