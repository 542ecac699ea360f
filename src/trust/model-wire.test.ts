import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { outside, type Http, type Item, type VendorProcessor } from '#base';
import { models, type ModelReach, type SpeechSession, type TextModel } from '#adapters/models';
import { proveAll } from '#trust';
import claim from './claims/models-are-told-to-keep-nothing.ts';
import { reachOf, rolledBack } from './means.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';

let ground: ProvingGround;
before(async () => {
  ground = await openProvingGround();
});
after(() => ground.close());

const processor: VendorProcessor = { name: 'X', purpose: '', data: [], region: '', hosts: ['x.invalid'], keeps: [] };
const request = JSON.stringify({ store: false });
const setUp = JSON.stringify({ type: 'session.update', session: { tracing: null } });

/** What a model of the tests sends, where it differs from one that lets nothing be kept. */
type Habits = {
  readonly turn?: string | null;
  readonly debrief?: string | null;
  /** How it sets up a conversation, and how it does so again when it was refused. */
  readonly setUps?: readonly [first: string, second: string];
  readonly beforehand?: readonly string[];
  readonly afterwards?: readonly string[];
};

function model({ turn = request, debrief = request, ...speech }: Habits): Item<TextModel> {
  const ask = async (body: string | null, { http }: ModelReach) => {
    if (body !== null) await http(processor, { method: 'POST', url: 'https://x.invalid/', body });
    throw outside('x', 'refused');
  };
  const item: TextModel = {
    processor,
    turn: (_turn, reach) => ask(turn, reach),
    debrief: (_ended, reach) => ask(debrief, reach),
    speech: { sessionMs: 1, open: ({ http }, _access, _plan, listener) => talk(speech, http, listener.ready) },
  };
  return { id: 'openai', item };
}

function talk(
  { setUps = [setUp, setUp], beforehand = [], afterwards = [] }: Habits,
  http: Http,
  ready: () => void,
): SpeechSession {
  const peer = http.connect(
    processor,
    { url: 'wss://x.invalid/' },
    {
      text: (answer) => void peer.then(({ send }) => (answer.includes('error') ? send(setUps[1]) : ready())),
      closed: () => {},
    },
  );
  void peer.then(({ send }) => [...beforehand, setUps[0]].forEach((text) => send(text)));
  const nothing = () => {};
  return {
    hear: (payload) => void peer.then(({ send }) => send(`{"audio":"${payload}"}`)),
    prompt: () => void peer.then(({ send }) => afterwards.forEach((text) => send(text))),
    cut: nothing,
    result: nothing,
    keyed: nothing,
    probe: nothing,
    backlog: () => 0,
    close: nothing,
  };
}

/** What the claim finds of such a model. */
async function found(habits: Habits): Promise<readonly string[]> {
  const means = { ...ground.means, models: [model(habits)] };
  const { faults } = await rolledBack(means.prove, (tx) => claim.probe(reachOf(means, tx)));
  return [...new Set(faults.map(({ what }) => what))];
}

test('the models of this installation are used as calls use them, and many messages are looked at', async () => {
  const [verdict] = await proveAll(ground.means, { which: ['models-are-told-to-keep-nothing'] });
  assert.ok(verdict);
  assert.equal(verdict.status, 'proven', verdict.why);
  // Two requests; in each conversation the set-up, four items of the past, and what a line does.
  assert.ok(verdict.checked >= 2 + 2 * 8, String(verdict.checked));
});

test('a model that lets nothing be kept is found to do so', async () => {
  assert.deepEqual(await found({}), []);
});

const stored = 'a text request lets itself be stored';
const early = 'a conversation begins before tracing is off';
const late = 'a conversation is traced or stored from its middle on';
const update = (session: object) => JSON.stringify({ type: 'session.update', session });

const breaches: Readonly<Record<string, readonly [Habits, string]>> = {
  'a turn that is stored': [{ turn: '{"store":true}' }, stored],
  'a turn that does not say': [{ turn: '{}' }, stored],
  'a turn that says it in the wrong place': [{ turn: '{"input":{"store":false}}' }, stored],
  'a turn that is no JSON': [{ turn: 'store=false' }, stored],
  'a summary that is stored': [{ debrief: '{"store":true}' }, stored],
  'a conversation that is traced': [{ setUps: [update({ tracing: 'auto' }), setUp] }, early],
  'a conversation that leaves tracing to the vendor': [{ setUps: [update({}), setUp] }, early],
  'a second set-up that forgets what the first one said': [{ setUps: [setUp, update({})] }, early],
  'audio before anything was agreed': [{ beforehand: ['{"audio":"AAAA"}'] }, early],
  'tracing that is switched on later': [{ afterwards: [update({ tracing: { group_id: 'a' } })] }, late],
  'an answer that is stored': [{ afterwards: ['{"type":"response.create","store":true}'] }, late],
};

for (const [what, [habits, fault]] of Object.entries(breaches)) {
  test(`${what} is found`, async () => assert.deepEqual(await found(habits), [fault]));
}

test('changing something else in the middle of a conversation is no breach', async () => {
  assert.deepEqual(await found({ afterwards: [update({ voice: 'x' }), '{"type":"response.create"}'] }), []);
});

async function statusWith(known: readonly Item<TextModel>[]): Promise<unknown> {
  const [verdict] = await proveAll({ ...ground.means, models: known }, { which: ['models-are-told-to-keep-nothing'] });
  return [verdict?.status, verdict?.why.includes('vendor-unknown')];
}

test('a model that nobody taught the probe to read, or that stays silent, proves nothing', async () => {
  assert.deepEqual(await statusWith([{ ...model({}), id: 'acme' }]), ['unknown', true]);
  assert.deepEqual(await statusWith([model({ turn: null, debrief: null })]), ['unknown', true]);
});

test('an installation whose models send nothing to anybody has nothing to check', async () => {
  const scripted = (await models()).filter(({ id }) => id === 'scripted');
  assert.deepEqual(await statusWith(scripted), ['not-exercised', false]);
});
