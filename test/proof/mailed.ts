import { Personal, sql, type Id } from '#base';
import { instanceId, invite, makeOrganisation, addPerson } from '#safeguards/accounts';
import { identityReconcilers } from '#safeguards/identity';
import { readOutbox, type OutboxMail } from '#safeguards/notices';
import type { World } from '../world.ts';
import type { Stage } from './stage.ts';

type To = { readonly email: string };

// Ids are of one run, and no two of them are the same.
const opened = new Set<Id>();

/** The token of the newest link that was mailed to an address, by the instance or an organisation. */
export async function mailedToken(
  { ctx, url: origin }: Pick<World, 'ctx' | 'url'>,
  { email }: To,
  organisation: Id = instanceId,
): Promise<string> {
  for (const one of identityReconcilers({ ...ctx, publicUrl: () => origin })) while ((await one.run()) > 0);
  const mails = await ctx.db.tenant(organisation, async (tx) => {
    const rows = await tx.rows<{ id: Id }>(sql`
      select id from app.mails
      where organisation_id = ${organisation} and content is not null
        and kind in ('sign-in-link', 'sign-up-link', 'invitation')`);
    const ids = rows.map(({ id }) => id).filter((id) => !opened.has(id));
    const found: OutboxMail[] = [];
    // So many are shown at once.
    for (let at = 0; at < ids.length; at += 100) {
      found.push(...(await readOutbox(ctx, tx, { organisation, by: 'system', origin, ids: ids.slice(at, at + 100) })));
    }
    return found;
  });
  const newest = mails.find(({ to }) => to.reveal() === email);
  if (newest) opened.add(newest.id);
  const token = /#([\w-]{43})/.exec(newest?.text.reveal() ?? '')?.[1];
  if (token === undefined) throw new Error('no link was mailed');
  return token;
}

/** The token of an invitation to an organisation that nobody else of the test knows. */
export async function invitationTo(stage: Stage, to: To): Promise<string> {
  const { ctx } = stage;
  const plan = { kind: 'customer', name: 'Inviting', timeZone: 'Etc/UTC', language: 'en', region: 'US' } as const;
  const organisation = await makeOrganisation(ctx, plan);
  const name = new Personal('x');
  await ctx.db.tenant(organisation, async (tx) => {
    const owner = await addPerson(ctx, tx, {
      organisation,
      role: 'owner',
      name,
      email: new Personal('o@proof.example'),
    });
    const who = { organisation, actor: `person:${owner}` as const };
    const given = { email: new Personal(to.email), name, role: 'viewer' as const, origin: stage.world.url };
    await invite(ctx, tx, { who, sender: {} }, given);
  });
  return mailedToken(stage.world, to, organisation);
}
