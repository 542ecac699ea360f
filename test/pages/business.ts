import type { Role } from '#access';
import { newId, Personal, sql, type Ctx, type Id } from '#base';
import { setUpBusiness } from '#app';
import { addPerson, ensureTryLine, instanceId, invite, makeApiKey } from '#safeguards/accounts';
import { beginSession, joinOrganisation, provenIdentity } from '#safeguards/identity';
import { setPurposes } from '#safeguards/retention';
import type { TestDatabase } from '../cluster.ts';
import { officeHours } from '../rows.ts';
import { callsOfAWeek } from './calls-of-a-week.ts';
import { fillWithMany } from './many.ts';
import { seedCall, type Place } from './seed.ts';

/** How much there is in a business. */
export type Fill = 'empty' | 'one' | 'lively' | 'many';

export type Member = { readonly identity: Id; readonly person: Id; readonly email: string };

/** A business of the tests, and who belongs to it. */
export type Business = Place & {
  readonly fill: Fill;
  readonly members: Readonly<Record<Role, Member>>;
  /** Its calls, newest first. */
  readonly calls: readonly Id[];
};

/** What is needed to open one. */
type Senses = { readonly ctx: Ctx; readonly database: TestDatabase };

const people: Readonly<Record<Role, string>> = {
  owner: 'Ana Ortiz',
  admin: 'Ben Carter',
  agent: 'Chloe Martin',
  viewer: 'Dan Wu',
};

/** Opens a business in New York with an owner, an admin, an agent and a viewer, and as much in it as is asked for. */
export async function openBusiness({ ctx, database }: Senses, fill: Fill, number: string): Promise<Business> {
  const [organisation, agent] = [newId(ctx), newId(ctx)];
  const plan = planOf(number);
  await setUpBusiness(ctx, { organisation, agent, kind: 'customer' }, fill === 'empty' ? { ...plan, lines: [] } : plan);
  const line = await prepare(ctx, organisation, agent);
  const place = { organisation, agent, line };
  const made = Object.entries(people).map(async ([role, name]) => {
    const email = `${name.split(' ')[0]!.toLowerCase()}@riverside-${number.slice(-3)}.example`;
    return [role, await addMember(ctx, organisation, { role: role as Role, name, email })] as const;
  });
  const members = Object.fromEntries(await Promise.all(made)) as Record<Role, Member>;
  const calls = await fillWith({ ctx, database }, place, { fill, mine: members.agent.person });
  const business = { ...place, fill, members, calls };
  if (fill !== 'empty') await addKeys(ctx, business);
  return business;
}

/** What every new business gets: its own line to try, and what data may be used for. Returns the line that callers ring. */
function prepare(ctx: Ctx, organisation: Id, agentId: Id): Promise<Id> {
  return ctx.db.tenant(organisation, async (tx) => {
    await ensureTryLine(ctx, tx, { organisation, agentId });
    await setPurposes(ctx, tx, { organisation, agreed: ['messages', 'appointments', 'leads'] });
    const { id } = await tx.one<{ id: Id }>(sql`
      select id from app.lines where organisation_id = ${organisation} order by carrier desc limit 1`);
    return id;
  });
}

type Filling = { readonly fill: Fill; /** Whose some of the calls are. */ readonly mine: Id };

/** A call with everything that can come of one. */
const theOne = {
  ...callsOfAWeek.find(({ books }) => books)!,
  message: { body: 'Please call back about the bill.', urgent: false },
};

async function fillWith({ ctx, database }: Senses, place: Place, { fill, mine }: Filling): Promise<readonly Id[]> {
  if (fill === 'many') return fillWithMany(ctx, database, { ...place, mine });
  const calls = fill === 'lively' ? callsOfAWeek : fill === 'one' ? [theOne] : [];
  const now = ctx.clock.now();
  const ids: Id[] = [];
  for (const call of calls.toReversed()) {
    ids.unshift(await seedCall(ctx, place, { call, of: call.mine && mine, now }));
  }
  return ids;
}

/** Adds somebody who can sign in. */
export async function addMember(
  ctx: Ctx,
  organisation: Id,
  { role, name, email: known }: { readonly role: Role; readonly name: string; readonly email?: string },
): Promise<Member> {
  const email = known ?? `${name.toLowerCase().replace(/\W+/g, '.')}.${newId(ctx).slice(-6)}@example.com`;
  const given = { name: new Personal(name), email: new Personal(email) };
  const { identity } = await ctx.db.tenant(instanceId, (tx) => provenIdentity(ctx, tx, { ...given, language: 'en' }));
  const person = await ctx.db.tenant(organisation, async (tx) => {
    const id = await addPerson(ctx, tx, { organisation, role, ...given });
    await joinOrganisation(ctx, tx, { organisation, person: id, identity });
    return id;
  });
  return { identity, person, email };
}

/** Signs somebody in: what their cookie holds. Fresh: as if a second factor had just been shown. */
export async function signIn(ctx: Ctx, { identity }: Pick<Member, 'identity'>, isFresh = false): Promise<string> {
  const from = {
    address: new Personal('192.0.2.7'),
    agent: new Personal('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/153.0.0.0 Safari/537.36'),
    country: undefined,
  };
  const begun = await beginSession(ctx, { identity, by: 'link', from, isFresh });
  if (begun.state !== 'signed-in') throw new Error('somebody with a second factor has to show it');
  return begun.token;
}

async function addKeys(ctx: Ctx, { organisation, members, fill }: Business): Promise<void> {
  const who = { organisation, actor: `person:${members.owner.person}` as const };
  const [origin, sender] = ['https://phone.example.com', {}];
  await ctx.db.tenant(organisation, async (tx) => {
    const madeBy = members.owner.person;
    await makeApiKey(ctx, tx, { organisation, name: 'Bookkeeping', scopes: ['calls:read', 'leads:read'], madeBy });
    const guest = {
      email: new Personal('erin@example.com'),
      name: new Personal('Erin Walsh'),
      role: 'viewer' as const,
    };
    await invite(ctx, tx, { who, sender }, { ...guest, origin });
    if (fill === 'one') return;
    await makeApiKey(ctx, tx, { organisation, name: 'Calendar sync', scopes: ['appointments:read'], madeBy });
  });
}

function planOf(number: string) {
  const account = { accountSid: `AC${number.slice(1).padEnd(32, '0')}`, authToken: new Personal(`token-of${number}`) };
  return {
    name: 'Riverside Dental',
    timeZone: 'America/New_York',
    language: 'en-US',
    region: 'US-NY',
    agent: {
      name: 'Robin',
      language: 'en-US',
      greeting: 'How can I help you today?',
      facts: [
        { about: 'parking, car', answer: 'There is free parking behind the building.' },
        { about: 'price, cost, cleaning', answer: 'A cleaning is 95 dollars.' },
      ],
      hours: officeHours,
      visitMinutes: 30,
      transferTo: '+15005550009',
      speech: 'relay' as const,
      model: 'scripted',
      voice: null,
      record: false,
      discloseAi: true,
      tools: [],
    },
    lines: [{ carrier: 'twilio', number, ...account }],
  };
}
