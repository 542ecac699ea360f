import { iso, isId, problem } from '#base';
import { openSenses, type Senses } from '#app';
import {
  acknowledge,
  registerState,
  toldByHand,
  useAgain,
  useAtOnce,
  withdraw,
  type Held,
  type Listed,
  type RegisterState,
} from '#safeguards/register';
import { insistPlain } from '#trust';
import { silent, type Command, type Io } from '../command.ts';
import { heldWords } from '../held-words.ts';
import { hostByHand } from '../hosts.ts';

const actor = 'command:processors' as const;
const verbs = ['use', 'withdraw', 'told', 'acknowledge', 'host'] as const;

export default {
  say: 'Shows who outside gets data, what is held back until when, and hosts that were refused (exits 1 while one is not looked into). With words it decides: use NAME (again), use NAME --urgent, withdraw NAME, told NAME (by hand), acknowledge HOST, host add|confirm|remove NAME.',
  words: [
    { name: 'what', say: 'what to decide', oneOf: verbs, isOptional: true },
    { name: 'name', say: 'the processor, the host that was refused, or add, confirm or remove', isOptional: true },
    { name: 'company', say: 'with host add and host remove: the company', isOptional: true },
  ],
  options: {
    urgent: { type: 'boolean', say: 'with use: at once, although not everybody has been told for long enough' },
    reason: { type: 'string', say: 'why, or how they were told; published' },
    organisation: { type: 'string', say: 'with told: the id of the organisation' },
    does: { type: 'string', say: 'with host add: what it does for this installation' },
    region: { type: 'string', say: 'with host add: where' },
    website: { type: 'string', say: 'with host add: its https address' },
    certifications: {
      type: 'string',
      say: 'with host add: what it is certified for, as NAME|UNTIL|SOURCE, several with semicolons',
    },
  },
  async run(io) {
    const senses = await openSenses(io.config(), silent);
    try {
      const what = io.words['what'];
      if (what === undefined) return await show(senses, io);
      if (what === 'host') await hostByHand({ ...senses.ctx, db: senses.jobs }, io, actor);
      else await decide(senses, io, what);
      return 0;
    } finally {
      await senses.close();
    }
  },
} satisfies Command;

async function decide(senses: Senses, io: Io, what: string): Promise<void> {
  const ctx = { ...senses.ctx, db: senses.jobs };
  const processor = io.words['name'];
  const { reason, organisation, urgent } = io.options;
  if (processor === undefined) throw problem('usage', `Say which: ./sotto processors ${what} NAME`);
  if (typeof reason !== 'string' || reason.trim() === '' || reason.length > 500)
    throw problem('usage', 'Say why with --reason "…", in up to 500 letters.');
  await insistPlain(ctx, { reason });
  const decision = { processor, reason: reason.trim(), actor };
  if (what === 'use') await (urgent === true ? useAtOnce : useAgain)(ctx, decision);
  if (what === 'withdraw') await withdraw(ctx, decision);
  if (what === 'acknowledge') await acknowledge(ctx, { host: processor, reason: decision.reason, actor });
  if (what === 'told') {
    if (typeof organisation !== 'string' || !isId(organisation)) throw problem('usage', 'Say whom: --organisation ID');
    await toldByHand(ctx, { ...decision, organisation });
  }
  io.print({ done: what, name: processor }, `Done, and written into the audit log: ${what} ${processor}.`);
}

async function show(senses: Senses, io: Io): Promise<0 | 1> {
  const ctx = { ...senses.ctx, db: senses.jobs };
  const held = senses.register.held();
  const state = await registerState(ctx);
  io.print(documentOf(state, held), [...lines(state), ...held.map(heldWords)].join('\n'));
  return state.unlisted.length > 0 ? 1 : 0;
}

function documentOf({ version, processors, uses, hosting, unlisted }: RegisterState, held: readonly Held[]) {
  const at = (ms: number | null) => (ms === null ? null : iso(ms));
  return {
    version: version?.number ?? null,
    processors: processors.map(({ id, name, by, hosts, standing, usableAt }) => ({
      id,
      name,
      by,
      hosts,
      standing,
      usableAt: at(usableAt),
    })),
    held: held.map((one) => ({ ...one, until: at(one.until) })),
    announcements: uses.map(({ id, processor, foundAt, usableAt, urgentReason, told, mails }) => ({
      id,
      processor,
      foundAt: at(foundAt),
      usableAt: at(usableAt),
      urgentReason,
      told: told.filter(({ toldAt }) => toldAt !== null).length,
      untold: told.filter(({ toldAt }) => toldAt === null).length,
      mails: mails.map(({ mail, state, endedAt }) => ({ mail, state, endedAt: at(endedAt) })),
    })),
    hosting: hosting.map(({ name, does, region, confirmedAt }) => ({
      name,
      does,
      region,
      confirmedAt: at(confirmedAt),
    })),
    unlisted: unlisted.map(({ since, lastAt, ...one }) => ({ ...one, since: at(since), lastAt: at(lastAt) })),
  };
}

function lines({ processors, hosting, unlisted }: RegisterState): readonly string[] {
  const listed = processors.map(
    (one) => `${one.id.padEnd(20)} ${standingOf(one).padEnd(26)} ${one.hosts.join(', ') || '-'}`,
  );
  return [
    ...(listed.length > 0 ? listed : ['Nobody outside gets data of this installation.']),
    ...hosting.map(({ name, does, confirmedAt }) => `${name}: ${does} (said on ${iso(confirmedAt).slice(0, 10)})`),
    ...unlisted.map(
      ({ vendor, host, count, since }) =>
        `REFUSED: ${vendor} asked for ${host}, which nobody lists, ${count} times since ${iso(since)}. Look into it, then: ./sotto processors acknowledge ${host} --reason "…"`,
    ),
  ];
}

function standingOf({ standing, usableAt }: Listed): string {
  return standing === 'announced' ? `from ${usableAt === null ? 'a day to come' : iso(usableAt)}` : standing;
}
