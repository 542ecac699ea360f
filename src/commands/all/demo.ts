import { openHttp, Personal, pause, problem, type Clock, type Http, type Processor } from '#base';
import { converse, openExchange, type EmulatedCall } from '#adapters/carriers';
import {
  demoNumber,
  demoZone,
  makeReadingKey,
  openApp,
  openSenses,
  setUpDemo,
  type DemoSetUp,
  type Senses,
} from '#app';
import { publicUrlOf } from '#edge';
import { revokeApiKey } from '#safeguards/accounts';
import { entriesAbout } from '#safeguards/audit';
import { demoCaller } from '../demo-caller.ts';
import { silent, type Command, type Io } from '../command.ts';

/** How many times faster than a real call. */
const speed = 12;

const callerNumber = '+15005550142';

export default {
  say: 'Plays a whole emulated call through the running product (or one started for it), offline, and shows what came of it.',
  options: {},
  async run(io) {
    const config = io.config();
    const senses = await openSenses(config, silent);
    const http = openHttp({ config, log: silent, extraHosts: ['127.0.0.1', 'localhost', '[::1]'] });
    try {
      const demo = await setUpDemo(senses.ctx);
      const running = publicUrlOf(config, config.port);
      // A certificate is for the public name alone.
      const here = `http://${local(config.host)}:${config.port}`;
      const self = selfAt(config.tlsCert === undefined ? here : running);
      if (await answers(http, self)) await play({ senses, io, http, demo, origin: running, via: self.url });
      else await withOwnApp(senses, (url) => play({ senses, io, http, demo, origin: url, via: url }));
    } finally {
      await http.close();
      await senses.close();
    }
    return io.stopped.aborted ? 1 : 0;
  },
} satisfies Command;

type Stage = {
  readonly senses: Senses;
  readonly io: Io;
  readonly http: Http;
  readonly demo: DemoSetUp;
  /** What webhooks are signed for, and where they are really sent: this machine. */
  readonly origin: string;
  readonly via: string;
};

async function play(stage: Stage): Promise<void> {
  const { senses, io, http, demo, origin, via } = stage;
  const { ctx } = senses;
  const account = { accountSid: demo.twilio.accountSid, authToken: new Personal(demo.twilio.authToken) };
  const exchange = await openExchange({
    clock: ctx.clock,
    random: ctx.random,
    http,
    origin,
    via,
    carrier: 'emulator',
    account,
    speed,
  });
  const began = ctx.clock.now();
  try {
    const call = exchange.call({ from: callerNumber, to: demoNumber });
    io.tell(`Calling ${demoNumber} at ${origin}, ${speed} times faster than real …`);
    io.stopped.addEventListener('abort', () => void call.hangUp());
    const ended = await converse(call, demoCaller());
    if (io.stopped.aborted) return;
    if (ended.how === 'failed')
      throw problem('vendor-failed', `The emulated call failed: ${ended.why ?? 'no reason given'}.`);
    const result = await resultOf(stage, call);
    io.print({ ...result, tookMs: ctx.clock.now() - began, speed }, human(result));
  } finally {
    await exchange.close();
  }
}

/** Reads what the call left behind through the public API, with a key made for this and revoked after it. */
async function resultOf({ senses: { ctx }, http, demo, via }: Stage, call: EmulatedCall) {
  const { organisation } = demo;
  const key = await makeReadingKey(ctx, organisation, 'demo run');
  const read = reader(http, selfAt(via), key.key);
  try {
    const found = await finished(ctx.clock, read);
    const own = <T extends { callId: string }>(items: readonly T[]) => items.filter((one) => one.callId === found.id);
    const [leads, messages, appointments] = await Promise.all([
      read<List<Left>>('/api/v1/leads'),
      read<List<Left & { body: string; name: string }>>('/api/v1/messages'),
      read<List<Left & { startsAt: string; name: string }>>('/api/v1/appointments'),
    ]);
    const left = {
      lead: own(leads.items)[0],
      message: own(messages.items)[0],
      appointment: own(appointments.items)[0],
    };
    return {
      call: { id: found.id, outcome: found.outcome, summary: found.summary, disclosedAt: found.disclosedAt },
      transcript: found.transcript.map(({ speaker, heard, meant, at }) => ({ speaker, heard, meant, at })),
      lead: left.lead ?? null,
      message: left.message ?? null,
      appointment: left.appointment ?? null,
      receipts: await receipts(ctx, organisation, { call: found, ...left }),
      steps: call.steps,
    };
  } finally {
    await ctx.db.tenant(organisation, (tx) => revokeApiKey(ctx, tx, { organisation, id: key.id, by: 'command:demo' }));
  }
}

type List<T> = { readonly items: readonly T[] };
type Left = { readonly id: string; readonly callId: string };
type Detail = {
  readonly id: string;
  readonly outcome: string | null;
  readonly summary: string | null;
  readonly disclosedAt: string | null;
  readonly transcript: readonly { speaker: string; heard: string | null; meant: string | null; at: string }[];
};

/** The newest call, once its summary is written. */
async function finished(clock: Clock, read: <T>(path: string) => Promise<T>): Promise<Detail> {
  for (let tries = 0; tries < 100; tries += 1) {
    const [newest] = (await read<List<{ id: string; outcome: string | null }>>('/api/v1/calls?limit=1')).items;
    if (newest?.outcome) return read<Detail>(`/api/v1/calls/${newest.id}`);
    await pause(clock, 100);
  }
  throw problem(
    'not-running',
    'The call is over, but its summary was not written within ten seconds. See the log of the product.',
  );
}

/** What the audit log says was done with the call and with what came of it; details stay sealed. */
async function receipts(
  ctx: Senses['ctx'],
  organisation: string,
  about: Readonly<Record<string, { id: string } | undefined>>,
) {
  const found = await ctx.db.tenant(organisation, async (tx) => {
    const leaves = [];
    for (const [kind, row] of Object.entries(about)) {
      if (row) leaves.push(...(await entriesAbout(tx, organisation, `${kind}:${row.id}`)));
    }
    return leaves;
  });
  return found.toSorted((a, b) => a.at.localeCompare(b.at));
}

function human(result: Awaited<ReturnType<typeof resultOf>>): string {
  const spoken = result.transcript.map(
    ({ speaker, heard, meant }) =>
      `  ${speaker === 'agent' ? 'Secretary' : 'Caller   '}  ${heard ?? `(unknown whether heard) ${meant}`}`,
  );
  const { message, appointment, call } = result;
  return [
    '',
    ...spoken,
    '',
    `Caller       ${callerNumber}`,
    `Summary      ${call.summary ?? ''}`,
    `Outcome      ${call.outcome ?? ''}`,
    `Disclosure   heard at ${call.disclosedAt ? inZone(call.disclosedAt) : '(never)'}`,
    `Lead         ${result.lead ? 'captured' : 'none'}`,
    `Message      ${message ? message.body : 'none'}`,
    `Appointment  ${appointment ? inZone(appointment.startsAt) : 'none'}`,
    `Receipts     ${result.receipts.map(({ action }) => action).join(', ')}`,
  ].join('\n');
}

/** A time as the business's own clock shows it. */
function inZone(time: string): string {
  const shown = new Date(time).toLocaleString('en-US', { timeZone: demoZone, dateStyle: 'full', timeStyle: 'short' });
  return `${shown} (${demoZone})`;
}

function selfAt(url: string): Processor & { readonly url: string } {
  return {
    name: 'Sotto itself',
    purpose: 'the demo call',
    data: [],
    region: 'this machine',
    hosts: [new URL(url).hostname],
    url,
  };
}

async function answers(http: Http, self: Processor & { readonly url: string }): Promise<boolean> {
  try {
    return (await http(self, { method: 'GET', url: `${self.url}/readyz`, withinMs: 3_000 })).status === 200;
  } catch {
    return false;
  }
}

function reader(http: Http, self: Processor & { readonly url: string }, key: string) {
  return async <T>(path: string): Promise<T> => {
    const answer = await http(self, {
      method: 'GET',
      url: `${self.url}${path}`,
      headers: { authorization: `Bearer ${key}` },
    });
    if (answer.status !== 200)
      throw problem('not-running', `The product answered ${answer.status} to ${path.split('?')[0] ?? ''}.`);
    return JSON.parse(answer.body.toString('utf8')) as T;
  };
}

/** Starts the product on a free port of this machine alone, for as long as the call lasts. */
async function withOwnApp(senses: Senses, work: (url: string) => Promise<void>): Promise<void> {
  const alone = { host: '127.0.0.1', port: 0, publicUrl: undefined, tlsCert: undefined, tlsKey: undefined };
  const ctx = { ...senses.ctx, config: { ...senses.ctx.config, ...alone } };
  const app = await openApp({ ...senses, ctx });
  try {
    await work((await app.start()).url);
  } finally {
    await app.close();
  }
}

function local(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}
