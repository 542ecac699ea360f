import { kebab, problem, type Config, type Ctx, type Processor } from '#base';
import type { Allowed } from '#media';
import { instanceId } from '#safeguards/accounts';
import { sureTime } from '#safeguards/vault';
import { enabledIn, standInsFor, type Enabled } from './enabled.ts';
import { observe, type ObserveCtx } from './observe.ts';
import { hasCome, isUsable, openUses, type Use } from './uses.ts';
import { versionOf } from './versions.ts';

/** A processor that is switched on and gets nothing yet. */
export type Held = {
  readonly processor: string;
  readonly name: string;
  readonly does: Enabled['does'];
  /** In milliseconds; null while not everybody has been told, and after it was taken back. */
  readonly until: number | null;
  readonly isWithdrawn: boolean;
  /** What happens meanwhile, in a sentence. */
  readonly meanwhile: string;
};

/**
 * What this process knows of the register: who may get data now. Answers at once, from what was read last; a day that
 * comes needs no reading, and whoever is not known may not.
 */
export type Register = {
  /** Whether that processor of the installation may get data now. */
  mayUse(processor: string): boolean;
  /** Whether it may be spoken to at all: one that was taken back after it had been used still has to delete. */
  mayReach(to: Processor): boolean;
  /** The settings as they count now: what is held back is as if it were not set. */
  readonly config: Config;
  held(): readonly Held[];
  /** Who may get data now, in names, for another process of ours. */
  allowed(): Allowed;
  /** Whether somebody who stood in is still listed although the chosen one may be used by now. */
  hasIdleStandIn(): boolean;
  /** Reads it again. */
  refresh(): Promise<void>;
};

/** Takes down what is switched on as in use, on an installation that has no register yet. For whoever serves. */
export async function beginRegister(ctx: ObserveCtx): Promise<void> {
  const first = await ctx.db.tenant(instanceId, (tx) => versionOf(tx, instanceId));
  if (!first) await observe(ctx);
}

/** Opens the register as the settings of this process have it. Until it was begun nothing is held back, and nothing is written. */
export async function openRegister(ctx: ObserveCtx): Promise<Register> {
  const enabled = await enabledIn(ctx.config);
  const standIns = await standInsFor(ctx.config);
  const known = [...enabled, ...standIns];
  const seen: { uses: readonly Use[]; isBegun: boolean } = { uses: [], isBegun: false };
  const time = surelyPassing(ctx);
  const usable = (party: string) =>
    !seen.isBegun || seen.uses.some((use) => use.party === party && isUsable(use, time.now()));
  const usableNow = () => known.filter(({ party }) => usable(party)).map(({ processor }) => kebab(processor.name));
  const mayUse = (processor: string) => usableNow().includes(processor);
  const mailNow = () => {
    const chosen = enabled.find(({ does }) => does === 'mail');
    if (!chosen || usable(chosen.party)) return ctx.config.mail;
    return standIns.find(({ party }) => usable(party))?.mail ?? 'outbox';
  };
  const isHeld = ({ party }: Enabled) => !usable(party);
  // Of a company that these settings do not name any more the place may be another's already.
  const own = () => seen.uses.filter((use) => known.some(({ party }) => party === use.party));
  const reach = () =>
    own()
      .filter((use) => isReachable(use, time.now()))
      .map(({ processor }) => processor);
  const register: Register = {
    mayUse,
    mayReach: (to) => !seen.isBegun || isWithin(reach(), to),
    config: settingsNow(ctx.config, { mayUse, mailNow }),
    held: () => enabled.filter(isHeld).map((one) => heldOf(one, seen.uses, mailNow())),
    allowed: () => ({ reach: reach(), use: usableNow() }),
    hasIdleStandIn: () =>
      !enabled.some((one) => one.does === 'mail' && isHeld(one)) && standIns.some(({ party }) => usable(party)),
    refresh: async () => {
      await time.ask();
      [seen.uses, seen.isBegun] = await ctx.db.tenant(instanceId, async (tx) => [
        await openUses(tx),
        (await versionOf(tx, instanceId)) !== undefined,
      ]);
    },
  };
  await register.refresh();
  return register;
}

/**
 * Time since it was asked for last, by a clock that nobody sets: no day comes because the machine's is ahead, not even
 * until somebody asks again.
 */
function surelyPassing(ctx: Pick<Ctx, 'clock' | 'keys'>) {
  const steady = () => ctx.clock.steady?.() ?? ctx.clock.now();
  const asked = { at: 0, seenAt: steady() };
  return {
    now: () => asked.at + steady() - asked.seenAt,
    ask: async () => void Object.assign(asked, { at: await sureTime(ctx), seenAt: steady() }),
  };
}

/** The register of a process without a database, which another tells of it: until it does, nobody may anything. */
export type ToldRegister = Pick<Register, 'mayReach' | 'config'> & { tell(allowed: Allowed): void };

/** Opens one, with the settings of this process. */
export function toldRegister(config: Config): ToldRegister {
  const told: { allowed: Allowed } = { allowed: { reach: [], use: [] } };
  const mayUse = (processor: string) => told.allowed.use.includes(processor);
  return {
    mayReach: (to) => isWithin(told.allowed.reach, to),
    config: settingsNow(config, { mayUse, mailNow: () => 'outbox' }),
    tell: (allowed) => void (told.allowed = allowed),
  };
}

/** What the way out says to whoever asks for a processor that is held back. */
export function refuseHeld(register: Pick<Register, 'mayReach'>): (to: Processor) => void {
  return (to) => {
    if (register.mayReach(to)) return;
    throw problem('processor-held', `${to.name} gets nothing before its day. ./sotto processors shows it.`);
  };
}

/**
 * Those that the way out asks about, whoever decided it. A model and a carrier may be reached for an organisation that has
 * an account of its own there: of those only what goes by the installation's is asked about. Keys are asked for before
 * there is a database.
 */
const gated: ReadonlySet<string> = new Set([
  's3',
  'smtp',
  'postmark',
  'telemetry-collector',
  'google-sign-in',
  'openid-provider',
]);

function isWithin(reach: readonly string[], { name, behalf }: Processor): boolean {
  const isGated = behalf === 'installation' || gated.has(kebab(name));
  return !isGated || reach.includes(kebab(name));
}

function isReachable(use: Use, now: number): boolean {
  const { processor, usableAt, withdrawnAt } = use;
  if (usableAt === null || !hasCome(use, now)) return false;
  return withdrawnAt === null || (processor === 's3' && usableAt < withdrawnAt);
}

type Now = { readonly mayUse: (processor: string) => boolean; readonly mailNow: () => Config['mail'] };

/** Read anew at every use: a day may come while the program runs. */
function settingsNow(config: Config, { mayUse, mailNow }: Now): Config {
  return {
    ...config,
    get mail() {
      return mailNow();
    },
    get objects() {
      return config.objects === 's3' && !mayUse('s3') ? 'fs' : config.objects;
    },
    get openaiKey() {
      return mayUse('openai') ? config.openaiKey : undefined;
    },
    get otlpUrl() {
      return mayUse('telemetry-collector') ? config.otlpUrl : undefined;
    },
    get googleClientId() {
      return mayUse('google-sign-in') ? config.googleClientId : undefined;
    },
    get oidcClientId() {
      return mayUse('openid-provider') ? config.oidcClientId : undefined;
    },
  };
}

function heldOf({ processor, party, does }: Enabled, uses: readonly Use[], mail: Config['mail']): Held {
  const use = uses.find((one) => one.party === party);
  const isWithdrawn = use ? use.withdrawnAt !== null : false;
  const until = isWithdrawn ? null : (use?.usableAt ?? null);
  const meanwhile = does === 'mail' ? mails[mail] : meanwhiles[does];
  return { processor: kebab(processor.name), name: processor.name, does, until, isWithdrawn, meanwhile };
}

const mails: Readonly<Record<Config['mail'], string>> = {
  outbox: 'Mails stay on this machine, to be read with ./sotto outbox.',
  smtp: 'Mails go on leaving by SMTP.',
  postmark: 'Mails go on leaving by Postmark.',
};

const meanwhiles: Readonly<Record<Exclude<Enabled['does'], 'mail'>, string>> = {
  'objects': 'New recordings lie on this machine, below SOTTO_DATA_DIR.',
  'keys': 'Sotto does not start: the keys are there and nowhere else.',
  'spare-keys': 'Keys come from where they came before. ./sotto keys rotate moves them, after its day.',
  'telemetry': 'No figures leave.',
  'sign-in': 'Nobody signs in by it; other ways work.',
  'model': 'Organisations without a key of their own are answered by the scripted receptionist.',
};
