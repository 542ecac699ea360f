import type { Role } from '#access';
import {
  iso,
  newId,
  pageOf,
  pageQuery,
  problem,
  sql,
  type Ctx,
  type Id,
  type Mistake,
  type Page,
  type PageRequest,
  type Personal,
  type Tx,
} from '#base';
import { record } from '#safeguards/audit';
import { notify } from '#safeguards/notices';
import { sealer, unsealKept } from '#safeguards/vault';
import { lockedGrants, personBehind, type Asking, type By } from './by.ts';
import { addressMistake } from './look-alike.ts';
import { nameMistakes } from './name-mistakes.ts';
import { organisation as loadOrganisation } from './organisations.ts';
import { end, invitationPlace, invitationSubject, newToken, over } from './invitation-row.ts';
import { findPerson, indexesOf } from './people.ts';
import { refuseBeyond } from './role-limits.ts';

type Senses = Pick<Ctx, 'clock' | 'random' | 'keys'>;

/** How long an invitation can be accepted after it was sent. */
export const invitationDays = 7;
const lifeMs = invitationDays * 24 * 3_600_000;
/** More are not open at a time in one organisation. */
const mostOpen = 100;
/** More are not made in a day, those that were withdrawn included: our mail is nobody's means to fill mailboxes. */
const mostDaily = 200;
const dayMs = 24 * 3_600_000;
/** The same person is not written to more often. */
const betweenMs = 5 * 60_000;

/** A person to be invited, and the origin that the link in the mail leads to. */
export type NewInvitation = {
  readonly email: Personal;
  readonly name: Personal;
  readonly role: Role;
  readonly origin: string;
};

/**
 * Invites a person by mail: the only way into an organisation that exists. Throws `input-invalid`, `beyond-your-role`,
 * `rate-limited`, `already-member`, `already-invited`, and `address-look-alike` for an address that can be taken for a
 * member's.
 */
export async function invite(ctx: Senses, tx: Tx, { who, sender }: Asking, given: NewInvitation): Promise<Id> {
  const { organisation, actor } = who;
  refuseMistakes(given);
  refuseBeyond(await lockedGrants(ctx, tx, who), given.role);
  const { index, look } = await indexesOf(ctx, organisation, given.email);
  await refuseKnown(tx, organisation, { index, look });
  await refuseMany(ctx, tx, organisation);
  const id = newId(ctx);
  const { token, hash } = newToken(ctx);
  const now = ctx.clock.now();
  const seals = await sealer(ctx, invitationSubject(organisation, id));
  await tx.run(sql`
    insert into app.invitations (organisation_id, id, role, name, email, email_index, token_hash, state, made_by,
      created_at, sent_at, expires_at)
    values (${organisation}, ${id}, ${given.role}, ${seals(invitationPlace(id, 'name'), given.name)},
      ${seals(invitationPlace(id, 'email'), given.email)}, ${index}, ${hash}, 'open', ${(await personBehind(tx, who)) ?? null},
      ${iso(now)}, ${iso(now)}, ${iso(now + lifeMs)})`);
  await send(ctx, tx, { who, to: given.email, url: urlOf(given.origin, token) });
  await record(ctx, tx, {
    organisation,
    actor,
    action: 'invitation.made',
    object: `invitation:${id}`,
    details: { role: given.role, ...sender },
  });
  return id;
}

/** Sends an invitation again, with a new link that lives for seven days; the one before is worth nothing then. */
export async function resendInvitation(
  ctx: Senses,
  tx: Tx,
  { who, sender }: Asking,
  { id, origin }: { readonly id: Id; readonly origin: string },
): Promise<void> {
  const { organisation, actor } = who;
  const grants = await lockedGrants(ctx, tx, who);
  const row = await openInvitation(tx, organisation, id);
  refuseBeyond(grants, row.role);
  const now = ctx.clock.now();
  if (now - row.sent_at.getTime() < betweenMs) {
    throw problem(
      'already-invited',
      'It was sent within the last five minutes. Wait, and ask them to look among unwanted mail.',
    );
  }
  const to = await unsealKept(ctx, organisation, invitationPlace(row.id, 'email'), row.email);
  if (!to) throw over('can no longer be read');
  const { token, hash } = newToken(ctx);
  await tx.run(sql`
    update app.invitations set token_hash = ${hash}, sent = sent + 1, sent_at = ${iso(now)}, expires_at = ${iso(now + lifeMs)}
    where organisation_id = ${organisation} and id = ${row.id}`);
  await send(ctx, tx, { who, to, url: urlOf(origin, token) });
  await record(ctx, tx, {
    organisation,
    actor,
    action: 'invitation.resent',
    object: `invitation:${row.id}`,
    details: sender,
  });
}

/** Takes an invitation back; its link opens nothing from now on. Throws `not-found` when there is no such open one. */
export async function withdrawInvitation(
  ctx: Senses & Pick<Ctx, 'db'>,
  { who, sender }: Asking,
  id: Id,
): Promise<void> {
  const { organisation, actor } = who;
  const row = await ctx.db.tenant(organisation, async (tx) => {
    const open = await openInvitation(tx, organisation, id);
    await withdraw(ctx, tx, { organisation, id: open.id, by: actor, sender });
    return open;
  });
  await ctx.keys.destroy(invitationSubject(organisation, row.id));
}

/** Takes back what somebody who leaves has sent. Returns which: their keys are to be destroyed after the commit. */
export async function withdrawAllOf(
  ctx: Senses,
  tx: Tx,
  { organisation, person, by, sender }: By & { readonly organisation: Id; readonly person: Id },
): Promise<Id[]> {
  const open = await tx.rows<{ id: Id }>(sql`
    select id from app.invitations where organisation_id = ${organisation} and made_by = ${person} and state = 'open'`);
  for (const { id } of open)
    await withdraw(ctx, tx, { organisation, id, ...(by && { by }), ...(sender && { sender }) });
  return open.map(({ id }) => id);
}

/** An invitation that is open, as the team page shows it. Instants in milliseconds. */
export type InvitationView = {
  readonly id: Id;
  readonly role: Role;
  readonly name: Personal | null;
  readonly email: Personal | null;
  readonly sent: number;
  readonly sentAt: number;
  readonly expiresAt: number;
  readonly isExpired: boolean;
};

/** The invitations that are open, newest first, those that have expired included: they can be sent again. */
export async function listInvitations(
  ctx: Pick<Ctx, 'keys' | 'clock'>,
  tx: Tx,
  organisation: Id,
  request: PageRequest,
): Promise<Page<InvitationView>> {
  const { after, take } = pageQuery(sql`created_at`, request);
  const rows = await tx.rows<ListedRow>(sql`
    select id, role, name, email, sent, sent_at, expires_at, created_at from app.invitations
    where organisation_id = ${organisation} and state = 'open' ${after}
    order by created_at desc, id desc limit ${take}`);
  const view = async (row: ListedRow): Promise<InvitationView> => ({
    id: row.id,
    role: row.role,
    name: await unsealKept(ctx, organisation, invitationPlace(row.id, 'name'), row.name),
    email: await unsealKept(ctx, organisation, invitationPlace(row.id, 'email'), row.email),
    sent: row.sent,
    sentAt: row.sent_at.getTime(),
    expiresAt: row.expires_at.getTime(),
    isExpired: row.expires_at.getTime() <= ctx.clock.now(),
  });
  return pageOf(rows, request.limit, { at: (row) => row.created_at.getTime(), view });
}

type OpenRow = { readonly id: Id; readonly role: Role; readonly email: Buffer; readonly sent_at: Date };
type ListedRow = OpenRow & {
  readonly name: Buffer;
  readonly sent: number;
  readonly expires_at: Date;
  readonly created_at: Date;
};

async function openInvitation(tx: Tx, organisation: Id, id: Id): Promise<OpenRow> {
  const row = await tx.maybe<OpenRow>(sql`
    select id, role, email, sent_at from app.invitations
    where organisation_id = ${organisation} and id = ${id} and state = 'open' for update`);
  if (!row) throw problem('not-found', 'There is no such open invitation.');
  return row;
}

async function withdraw(
  ctx: Senses,
  tx: Tx,
  { organisation, id, by = 'system', sender }: By & { readonly organisation: Id; readonly id: Id },
): Promise<void> {
  await end(ctx, tx, { organisation, id, state: 'withdrawn' });
  await record(ctx, tx, {
    organisation,
    actor: by,
    action: 'invitation.withdrawn',
    object: `invitation:${id}`,
    details: sender,
  });
}

/** The token stands behind the `#`, so that no server and no log on the way gets to see it. */
function urlOf(origin: string, token: string): string {
  return `${origin}/invitation#${token}`;
}

type Mail = { readonly who: Asking['who']; readonly to: Personal; readonly url: string };

async function send(ctx: Senses, tx: Tx, { who, to, url }: Mail): Promise<void> {
  const { organisation } = who;
  const { name, language } = await loadOrganisation(tx, organisation);
  const person = await personBehind(tx, who);
  const inviter = person === undefined ? undefined : await findPerson(ctx, tx, organisation, person);
  const notice = {
    kind: 'invitation',
    organisation: name,
    by: inviter?.name?.reveal() ?? name,
    url,
    days: invitationDays,
  } as const;
  await notify(ctx, tx, { organisation, to, language, notice });
}

function refuseMistakes({ email, name }: NewInvitation): void {
  const bad = addressMistake(email.reveal());
  const mistakes: Mistake[] = [...(bad ? [bad] : []), ...nameMistakes(name.reveal(), '/name')];
  if (mistakes.length > 0) throw problem('input-invalid', 'The invitation has mistakes.', { mistakes });
}

async function refuseKnown(
  tx: Tx,
  organisation: Id,
  { index, look }: { readonly index: Buffer; readonly look: Buffer },
): Promise<void> {
  const member = await tx.maybe<{ same: boolean }>(sql`
    select email_index = ${index} as same from app.people
    where organisation_id = ${organisation} and (email_index = ${index} or look_index = ${look})
    order by same desc limit 1`);
  if (member?.same)
    throw problem(
      'already-member',
      'Somebody with this address already belongs to the organisation. Change their role instead.',
    );
  if (member) {
    throw problem(
      'address-look-alike',
      'This address can be taken for that of a member. Ask the person in another way whether it is theirs, and invite another address of theirs.',
    );
  }
  const open = await tx.rows<{ same: boolean }>(sql`
    select email_index = ${index} as same from app.invitations
    where organisation_id = ${organisation} and state = 'open' limit ${mostOpen}`);
  if (open.some(({ same }) => same))
    throw problem(
      'already-invited',
      'There is an open invitation to this address. Send it again, or withdraw it first.',
    );
  if (open.length >= mostOpen)
    throw problem('already-invited', `There are ${mostOpen} open invitations. Withdraw those that nobody will accept.`);
}

/** Under the lock of the team, so that it is exact. */
async function refuseMany({ clock }: Senses, tx: Tx, organisation: Id): Promise<void> {
  const since = clock.now() - dayMs;
  const { made, first } = await tx.one<{ made: number; first: Date | null }>(sql`
    select count(*)::int as made, min(created_at) as first from app.invitations
    where organisation_id = ${organisation} and created_at > ${iso(since)}`);
  if (made < mostDaily) return;
  const retryAfterMs = (first?.getTime() ?? clock.now()) - since;
  throw problem('rate-limited', `An organisation invites ${mostDaily} times a day, not more.`, { retryAfterMs });
}
