import { newId, Personal, sql, type Ctx, type Id, type Tx } from '#base';
import { type Permission, type Role } from '#access';
import type { ObjectStore } from '#adapters/objects';
import { setUpBusiness } from '#app';
import {
  addCarrierAccount,
  addLine,
  addPerson,
  instanceId,
  invite,
  makeApiKey,
  setModelCredential,
} from '#safeguards/accounts';
import { joinOrganisation, provenIdentity } from '#safeguards/identity';
import { purposes, setPurposes } from '#safeguards/retention';
import { seal } from '#safeguards/vault';
import { book } from '#secretary/appointments';
import { captureLead } from '#secretary/contacts';
import { takeMessage } from '#secretary/messages';
import { beginRecording, endRecording } from '#secretary/recordings';
import { writeTurn } from '#secretary/turns';
import { openRecorder } from '../../src/media/recording/recorder.ts';
import { makeCall, officeHours } from '../rows.ts';
import { aHold } from './a-hold.ts';
import { anErasure } from './an-erasure.ts';

export type SideCtx = Ctx & { readonly objects: ObjectStore };

/** Words that only some may read: those with the permission, or, when it reaches their own calls alone, that person. */
export type Word = { readonly text: string; readonly needs: Permission; readonly own: Id | undefined };

/** A member of the organisation who can sign in. */
export type Member = { readonly identity: Id; readonly person: Id; readonly role: Role; readonly email: string };

/** One of two organisations with the same contents: what is in it, and what can be put there. */
export type Side = {
  readonly organisation: Id;
  readonly agent: Id;
  readonly account: { readonly id: Id; readonly accountSid: string; readonly authToken: string };
  readonly number: string;
  /** Every id that was made here, for whoever looks for it where it must not be. */
  readonly ids: Set<string>;
  readonly words: readonly Word[];
  /** What is listed here, by kind: ids, and whose call it is or came of, where that decides who sees it. */
  readonly kinds: Kinds;
  call(of?: Id): Promise<Id>;
  recordedCall(of?: Id): Promise<Id>;
  member(role: Role): Promise<Member>;
  key(scopes?: readonly Permission[]): Promise<{ readonly id: Id; readonly key: string }>;
  invitation(): Promise<Id>;
  credential(): Promise<Id>;
  line(): Promise<Id>;
  /** A legal hold on a call, asked for by nobody who tries anything. */
  hold(): Promise<Id>;
  /** A call that was erased. */
  erasure(): Promise<Id>;
  owner: Member;
};

const kindNames = [
  'calls',
  'leads',
  'messages',
  'appointments',
  'keys',
  'people',
  'invitations',
  'credentials',
  'agents',
  'lines',
  'holds',
  'erasures',
] as const;

export type Kinds = { readonly [K in (typeof kindNames)[number]]: Map<Id, Id | undefined> };

type Made = {
  readonly ctx: SideCtx;
  readonly side: Pick<Side, 'organisation' | 'agent' | 'ids' | 'kinds'> & {
    readonly lineId: Id;
    readonly accountId: Id;
  };
  readonly words: Word[];
  /** Counts what is made, so that no two things have the same words. */
  next(): string;
  /** Counts hours that are free. */
  hour(): number;
};

/** Opens a business named by `word`, which is in every text of it, with an owner and something of every kind. */
export async function openSide(ctx: SideCtx, word: string, number: string): Promise<Side> {
  const organisation = newId(ctx);
  const agent = newId(ctx);
  const account = { accountSid: `AC${word}${'0'.repeat(20)}`, authToken: `${word}-auth-token-of-its-own` };
  await setUpBusiness(ctx, { organisation, agent, kind: 'customer' }, planOf(word, number, account));
  const { lineId, accountId } = await ctx.db.tenant(organisation, (tx) =>
    tx.one<{ lineId: Id; accountId: Id }>(sql`
      select id as "lineId", account_id as "accountId" from app.lines where organisation_id = ${organisation}`),
  );
  let [made, hours] = [0, 0];
  const ids = new Set<string>([organisation, agent, lineId, accountId]);
  const kinds = Object.fromEntries(kindNames.map((kind) => [kind, new Map()])) as Kinds;
  kinds.credentials.set(accountId, undefined);
  kinds.agents.set(agent, undefined);
  kinds.lines.set(lineId, undefined);
  const side = { organisation, agent, ids, lineId, accountId, kinds };
  const means: Made = { ctx, side, words: [], next: () => `${word}${(made += 1)}x`, hour: () => (hours += 1) };
  const owner = await memberOf(means, 'owner');
  let recording: Promise<Id> = Promise.resolve('');
  const opened: Side = {
    ...side,
    account: { id: accountId, ...account },
    number,
    owner,
    words: means.words,
    call: (of) => callOf(means, of),
    // One after the other: whether the agent records is for all of its calls.
    recordedCall: (of) => (recording = recording.catch(() => '').then(() => recordedCall(means, of))),
    member: (role) => memberOf(means, role),
    key: (scopes = ['calls:read']) => keyOf(means, scopes),
    invitation: () => invitationOf(means, owner),
    credential: () => credentialOf(means),
    line: () => lineOf(means),
    hold: async () => keep(means, 'holds', await aHold(ctx, opened)),
    erasure: async () => keep(means, 'erasures', await anErasure(ctx, opened)),
  };
  await opened.call();
  await opened.recordedCall();
  await opened.member('viewer');
  for (const make of [opened.key, opened.invitation, opened.hold, opened.erasure]) {
    await make();
    await make();
  }
  const vendor = { organisation, vendor: 'openai', key: new Personal(`sk-${word}-of-the-organisation`) };
  keep(means, 'credentials', await inside(means, (tx) => setModelCredential(ctx, tx, vendor)));
  return opened;
}

function planOf(word: string, number: string, account: { accountSid: string; authToken: string }) {
  const line = { number, accountSid: account.accountSid, authToken: new Personal(account.authToken) };
  return {
    name: `${word} office`,
    timeZone: 'Europe/Madrid',
    language: 'en-US',
    region: 'ES',
    agent: {
      name: `${word} secretary`,
      language: 'en-US',
      greeting: 'Hello.',
      facts: [],
      hours: officeHours,
      visitMinutes: 30,
      transferTo: null,
      speech: 'relay' as const,
      model: 'scripted',
      voice: null,
      record: false,
      discloseAi: true,
      tools: [],
    },
    lines: [{ carrier: 'twilio', ...line }],
  };
}

function inside<T>({ ctx, side }: Made, work: (tx: Tx) => Promise<T>): Promise<T> {
  return ctx.db.tenant(side.organisation, work);
}

function keep({ side }: Made, kind: keyof Kinds, id: Id, of?: Id): Id {
  side.ids.add(id);
  side.kinds[kind].set(id, of);
  return id;
}

/** An ended call with everything that can come of one, assigned to `of`. */
async function callOf(made: Made, of: Id | undefined): Promise<Id> {
  const { ctx, side } = made;
  const { organisation, agent: agentId, lineId, accountId } = side;
  const callId = await makeCall(ctx.db, { organisation, agentId, lineId, accountId });
  const say = (needs: Permission) => {
    const text = made.next();
    made.words.push({ text, needs, own: of });
    return new Personal(text);
  };
  await inside(made, (tx) => writeWords(made, tx, { callId, of, say }));
  const given = { organisation, callId };
  await inside(made, async (tx) => {
    const lead = await captureLead(ctx, tx, { ...given, name: say('leads:read'), interest: say('leads:read') });
    const message = await takeMessage(ctx, tx, { ...given, body: say('messages:read'), urgent: false });
    const startsAt = ctx.clock.now() + made.hour() * 3_600_000;
    const booking = { ...given, agentId, startsAt, minutes: 30, reason: say('appointments:read') };
    const { id: appointment } = await book(ctx, tx, booking);
    const times = { endpointMs: 10, modelMs: 200, sentMs: 300, heardMs: 400 };
    await writeTurn(tx, { ...given, stream: 1, n: 1, agentId, at: ctx.clock.now(), times });
    keep(made, 'leads', lead, of);
    keep(made, 'messages', message, of);
    keep(made, 'appointments', appointment, of);
  });
  return keep(made, 'calls', callId, of);
}

type Said = {
  readonly callId: Id;
  readonly of: Id | undefined;
  readonly say: (needs: Permission) => Personal;
};

/** Number, summary and one sentence, sealed as the product seals them. */
async function writeWords({ ctx, side }: Made, tx: Tx, { callId, of, say }: Said): Promise<void> {
  const { organisation } = side;
  const subject = { organisation, kind: 'call', id: callId } as const;
  const sealed = (table: string, row: string, column: string) =>
    seal(ctx, subject, { table, row, column }, say('transcripts:read'));
  // Of today: what is past its time is shown to nobody.
  const now = new Date(ctx.clock.now());
  await tx.run(sql`
    update app.calls set state = 'ended', started_at = ${now}, ended_at = ${now}, finished_at = ${now}, end_reason = 'caller-left', outcome = 'message',
      assigned_to = ${of ?? null}, caller_number = ${await sealed('calls', callId, 'caller_number')},
      summary = ${await sealed('calls', callId, 'summary')}
    where organisation_id = ${organisation} and id = ${callId}`);
  await tx.run(sql`
    insert into app.call_entries (organisation_id, call_id, seq, at, speaker, kind, meant)
    values (${organisation}, ${callId}, 1, ${now}, 'caller', 'speech',
      ${await sealed('call_entries', `${callId}/1`, 'meant')})`);
}

async function recordedCall(made: Made, of: Id | undefined): Promise<Id> {
  const { ctx, side } = made;
  const { organisation, agent } = side;
  const setRecord = (record: boolean) =>
    inside(made, (tx) =>
      tx.run(sql`update app.agents set record = ${record} where organisation_id = ${organisation} and id = ${agent}`),
    );
  const call = await callOf(made, of);
  await setRecord(true);
  const name = { organisation, id: call, turn: 1 };
  const plan = await inside(made, async (tx) => {
    // Somebody may be trying what it is to agree to nothing.
    await setPurposes(ctx, tx, { organisation, agreed: purposes });
    return beginRecording(ctx, tx, name);
  });
  await setRecord(false);
  if (!plan) throw new Error('the agent does not record');
  const recorder = openRecorder(ctx, plan);
  recorder.announced(0);
  for (let at = 0; at < 60; at += 1) recorder.caller(Buffer.alloc(160, 0x40).toString('base64'), at * 20);
  const told = await recorder.finish(1_200);
  if (!told) throw new Error('nothing was recorded');
  await inside(made, (tx) => endRecording(ctx, tx, name, told));
  return call;
}

async function memberOf(made: Made, role: Role): Promise<Member> {
  const { ctx, side } = made;
  const { organisation, ids } = side;
  const text = made.next();
  const [name, email] = [new Personal(text), new Personal(`${text}@proof.example`)];
  const { identity } = await ctx.db.tenant(instanceId, (tx) =>
    provenIdentity(ctx, tx, { email, name, language: 'en' }),
  );
  const person = await inside(made, async (tx) => {
    const id = await addPerson(ctx, tx, { organisation, role, name, email });
    await joinOrganisation(ctx, tx, { organisation, person: id, identity });
    return id;
  });
  ids.add(identity);
  keep(made, 'people', person);
  return { identity, person, role, email: email.reveal() };
}

async function keyOf(made: Made, scopes: readonly Permission[]): Promise<{ readonly id: Id; readonly key: string }> {
  const { ctx, side } = made;
  const given = { organisation: side.organisation, name: made.next(), scopes };
  const key = await inside(made, (tx) => makeApiKey(ctx, tx, given));
  keep(made, 'keys', key.id);
  return key;
}

/** An invitation that was sent long enough ago to be sent again. */
async function invitationOf(made: Made, owner: Member): Promise<Id> {
  const { ctx, side } = made;
  const { organisation } = side;
  const text = made.next();
  made.words.push({ text, needs: 'team:read', own: undefined });
  const who = { organisation, actor: `person:${owner.person}` as const };
  const given = { email: new Personal(`${text}@proof.example`), name: new Personal(text), role: 'viewer' as const };
  const id = await inside(made, async (tx) => {
    const one = await invite(ctx, tx, { who, sender: {} }, { ...given, origin: 'https://phone.example.com' });
    await tx.run(sql`
      update app.invitations set sent_at = sent_at - interval '1 hour' where organisation_id = ${organisation} and id = ${one}`);
    return one;
  });
  return keep(made, 'invitations', id);
}

async function credentialOf(made: Made): Promise<Id> {
  const { ctx, side } = made;
  const account = made.next();
  const given = {
    carrier: 'twilio',
    accountSid: `AC${account}`,
    authToken: new Personal(`${account}-token-of-its-own`),
  };
  const id = await inside(made, (tx) => addCarrierAccount(ctx, tx, { organisation: side.organisation, ...given }));
  return keep(made, 'credentials', id);
}

/** Another number of the same account. */
async function lineOf(made: Made): Promise<Id> {
  const { ctx, side } = made;
  const { organisation, agent: agentId, accountId } = side;
  const e164 = `+1500556${made.next().replace(/\D/g, '').padStart(4, '0')}`;
  const given = { organisation, carrier: 'twilio', accountId, e164, agentId };
  return keep(made, 'lines', await inside(made, (tx) => addLine(ctx, tx, given)));
}
