import { iso, problem, sql, type Ctx, type Id, type Mistake, type Tx } from '#base';
import { record, type Actor, type Details } from '#safeguards/audit';
import { claimSlug } from './slug.ts';
import { mistakesIn } from './profile-mistakes.ts';

/** How soon a report of a weakness is acknowledged. */
export const acknowledgements = ['hours-24', 'hours-48', 'business-day'] as const;
export type Acknowledgement = (typeof acknowledgements)[number];

/** How many days before it gets data a new processor is announced. */
export const noticeDays = [10, 30] as const;
export type NoticeDays = (typeof noticeDays)[number];

/** Who stands behind a trust page: what the operator, or a business, says of itself there. All of it is public. */
export type Profile = {
  readonly legalName: string | null;
  readonly address: string | null;
  /** A mail address, or an https address. */
  readonly privacyContact: string | null;
  readonly supportContact: string | null;
  readonly securityContact: string | null;
  /** Last part of the address of its page, `/trust/of/<slug>`; the installation's own page needs none. */
  readonly slug: string | null;
  /** IANA; by whose days business days are counted. Null: that of the organisation. */
  readonly timeZone: string | null;
  readonly acknowledgement: Acknowledgement;
  readonly noticeDays: NoticeDays;
};

/** As it is kept: `version` counts the changes and is 0 while nobody has said anything. */
export type KeptProfile = Profile & { readonly version: number; readonly changedAt: number | null };

/** What a page cannot be published without. */
export const needed = ['legalName', 'privacyContact', 'supportContact', 'securityContact'] as const;
export type Needed = (typeof needed)[number] | 'slug';

const unsaid: KeptProfile = {
  legalName: null,
  address: null,
  privacyContact: null,
  supportContact: null,
  securityContact: null,
  slug: null,
  timeZone: null,
  acknowledgement: 'hours-48',
  noticeDays: 30,
  version: 0,
  changedAt: null,
};

/** What that organisation, or the instance, says of itself. */
export async function profileOf(tx: Tx, organisation: Id): Promise<KeptProfile> {
  const row = await tx.maybe<Row>(sql`
    select version, legal_name, address, privacy_contact, support_contact, security_contact, slug, time_zone,
      acknowledgement, notice_days, changed_at
    from app.trust_profiles where organisation_id = ${organisation}`);
  if (!row) return unsaid;
  return {
    legalName: row.legal_name,
    address: row.address,
    privacyContact: row.privacy_contact,
    supportContact: row.support_contact,
    securityContact: row.security_contact,
    slug: row.slug,
    timeZone: row.time_zone,
    acknowledgement: row.acknowledgement,
    noticeDays: row.notice_days,
    version: row.version,
    changedAt: row.changed_at.getTime(),
  };
}

/** What is missing for publication; the page of an organisation needs a name of its own in its address too. */
export function missingIn(profile: Profile, of: 'instance' | 'organisation'): readonly Needed[] {
  const all: readonly Needed[] = of === 'organisation' ? [...needed, 'slug'] : needed;
  return all.filter((field) => profile[field] === null);
}

/** Who changes it, and what the audit log keeps of where they are. */
type Change = {
  readonly organisation: Id;
  readonly change: Partial<Profile>;
  /** The version that the change was made from, where that was read before this transaction. */
  readonly expected?: number;
  readonly by?: Actor;
  readonly sender?: Details;
};

/**
 * Changes what is named, the rest stays, and leaves an audit entry. The same again is no change. Throws `input-invalid`
 * for what cannot be published: contacts that are neither mail nor https, an address that is taken.
 */
export async function setProfile(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, change, expected, by = 'system', sender }: Change,
): Promise<KeptProfile> {
  const before = await profileOf(tx, organisation);
  if (expected !== undefined && before.version !== expected) throw meanwhile();
  const after = { ...before, ...change };
  refuse(mistakesIn(after));
  if (before.version > 0 && isSame(before, after)) return before;
  if (after.slug !== null && after.slug !== before.slug) refuse(await claimSlug(tx, organisation, after.slug));
  const kept = { ...after, version: before.version + 1, changedAt: ctx.clock.now() };
  if ((await keep(tx, organisation, kept, by)) === 0) throw meanwhile();
  const { version: _, changedAt: __, ...said } = kept;
  await record(ctx, tx, {
    organisation,
    actor: by,
    action: 'trust-profile.changed',
    object: `organisation:${organisation}`,
    details: { ...said, ...sender },
  });
  return kept;
}

/** Returns 0 when the row has another version by now than the one before this. */
function keep(tx: Tx, organisation: Id, kept: KeptProfile, by: Actor): Promise<number> {
  const { legalName, address, privacyContact, supportContact, securityContact, slug, timeZone } = kept;
  return tx.run(sql`
    insert into app.trust_profiles as old (organisation_id, version, legal_name, address, privacy_contact,
      support_contact, security_contact, slug, time_zone, acknowledgement, notice_days, changed_at, changed_by)
    values (${organisation}, ${kept.version}, ${legalName}, ${address}, ${privacyContact}, ${supportContact},
      ${securityContact}, ${slug}, ${timeZone}, ${kept.acknowledgement}, ${kept.noticeDays},
      ${iso(kept.changedAt ?? 0)}, ${by})
    on conflict (organisation_id) do update set (version, legal_name, address, privacy_contact, support_contact,
      security_contact, slug, time_zone, acknowledgement, notice_days, changed_at, changed_by) = (excluded.version,
      excluded.legal_name, excluded.address, excluded.privacy_contact, excluded.support_contact,
      excluded.security_contact, excluded.slug, excluded.time_zone, excluded.acknowledgement, excluded.notice_days,
      excluded.changed_at, excluded.changed_by)
    where old.version = excluded.version - 1`);
}

function meanwhile() {
  return problem('changed-meanwhile', 'Somebody else changed this. Read it again, then change it.');
}

function isSame(before: Profile, after: Profile): boolean {
  return Object.keys(unsaid).every((field) => before[field as keyof Profile] === after[field as keyof Profile]);
}

function refuse(mistakes: readonly Mistake[]): void {
  if (mistakes.length > 0)
    throw problem('input-invalid', 'The page cannot say this.', { mistakes: mistakes.map((one) => ({ ...one })) });
}

type Row = {
  readonly version: number;
  readonly legal_name: string | null;
  readonly address: string | null;
  readonly privacy_contact: string | null;
  readonly support_contact: string | null;
  readonly security_contact: string | null;
  readonly slug: string | null;
  readonly time_zone: string | null;
  readonly acknowledgement: Acknowledgement;
  readonly notice_days: NoticeDays;
  readonly changed_at: Date;
};
