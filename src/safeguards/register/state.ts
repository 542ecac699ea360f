import { sql, type Ctx, type Id } from '#base';
import { instanceId } from '#safeguards/accounts';
import { sureTime } from '#safeguards/vault';
import { unlistedSeen, type BookLine } from './books.ts';
import type { Entry } from './entry.ts';
import { hostingOf, type Hosting } from './hosting.ts';
import { allUses, isUsable, type Use } from './uses.ts';
import { versionOf, versionsOf, type VersionLine } from './versions.ts';

/** Whether a processor gets data: only of organisations with accounts of their own, now, from its day on, or not at all. */
export type Standing = 'connected' | 'in-use' | 'announced' | 'withdrawn';

export type Listed = Entry & { readonly standing: Standing; readonly usableAt: number | null };

/** That one organisation was told, without saying which; and one mail of it, with a keyed hash of where it went. */
export type Told = {
  readonly kind: string;
  readonly days: number;
  readonly writtenAt: number;
  readonly recipients: number;
  readonly toldAt: number | null;
  readonly by: string | null;
};
export type SentMail = {
  readonly mail: Id;
  readonly kind: string;
  readonly recipient: string;
  readonly writtenAt: number;
  readonly state: string;
  readonly endedAt: number | null;
};

export type UseState = Use & { readonly told: readonly Told[]; readonly mails: readonly SentMail[] };

/** The register as everybody may see it. Times in milliseconds. */
export type RegisterState = {
  readonly version: VersionLine | undefined;
  readonly processors: readonly Listed[];
  readonly uses: readonly UseState[];
  readonly hosting: readonly Hosting[];
  readonly versions: readonly VersionLine[];
  /** Hosts that were asked for, refused, and not looked into yet. */
  readonly unlisted: readonly BookLine[];
};

/** How many announcements are shown with all their mails. */
const mostShown = 50;

/** Reads the register of the installation. */
export async function registerState({ db, ...ctx }: Pick<Ctx, 'db' | 'clock' | 'keys'>): Promise<RegisterState> {
  const { version, versions, uses, hosting } = await db.tenant(instanceId, async (tx) => ({
    version: await versionOf(tx, instanceId),
    versions: await versionsOf(tx, instanceId),
    uses: await allUses(tx),
    hosting: await hostingOf(tx),
  }));
  const now = await sureTime(ctx);
  const told = uses.filter(({ why }) => why === 'told' || why === 'urgent').slice(0, mostShown);
  return {
    version,
    versions,
    hosting,
    processors: (version?.entries ?? []).map((entry) => listed(entry, uses, now)),
    uses: await Promise.all(told.map((use) => withProof({ db }, use))),
    unlisted: await unlistedSeen({ db }),
  };
}

function listed(entry: Entry, uses: readonly Use[], now: number): Listed {
  const own = uses.filter(({ processor, endedAt }) => processor === entry.id && endedAt === null);
  const usable = own.find((use) => isUsable(use, now));
  if (usable) return { ...entry, standing: 'in-use', usableAt: usable.usableAt };
  const [waiting] = own;
  if (!waiting || entry.by.includes('organisations')) return { ...entry, standing: 'connected', usableAt: null };
  const standing = waiting.withdrawnAt === null ? 'announced' : 'withdrawn';
  return { ...entry, standing, usableAt: waiting.withdrawnAt === null ? waiting.usableAt : null };
}

type ToldRow = {
  readonly kind: string;
  readonly days: number;
  readonly written_at: Date;
  readonly recipients: number;
  readonly told_at: Date | null;
  readonly told_by: string | null;
};
type SentRow = {
  readonly mail_id: Id;
  readonly kind: string;
  readonly recipient: Buffer;
  readonly written_at: Date;
  readonly state: string;
  readonly ended_at: Date | null;
};

async function withProof({ db }: Pick<Ctx, 'db'>, use: Use): Promise<UseState> {
  const told = await db.find<ToldRow>(
    sql`select kind, days, written_at, recipients, told_at, told_by from sec.register_told(${use.id})`,
  );
  const sent = await db.find<SentRow>(
    sql`select mail_id, kind, recipient, written_at, state, ended_at from sec.register_sent(${use.id})`,
  );
  return {
    ...use,
    told: told.map((row) => ({
      kind: row.kind,
      days: row.days,
      writtenAt: row.written_at.getTime(),
      recipients: row.recipients,
      toldAt: row.told_at?.getTime() ?? null,
      by: row.told_by,
    })),
    mails: sent.map((row) => ({
      mail: row.mail_id,
      kind: row.kind,
      recipient: row.recipient.toString('hex'),
      writtenAt: row.written_at.getTime(),
      state: row.state,
      endedAt: row.ended_at?.getTime() ?? null,
    })),
  };
}
