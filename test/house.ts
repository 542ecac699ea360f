import assert from 'node:assert/strict';
import type { Role } from '#access';
import { Personal, readConfig, sql, type Db, type Id, type Tx } from '#base';
import type { Sender } from '#edge';
import { addPerson, ensureInstance, instanceId, makeOrganisation } from '#safeguards/accounts';
import { identityReconcilers, joinOrganisation, provenIdentity, type IdentityCtx } from '#safeguards/identity';
import type { Notice } from '#safeguards/notices';
import { unseal } from '#safeguards/vault';
import { openOffice, type Office } from './office.ts';

/** An office with people who can sign in, and the mailboxes of all of them. */
export type House = Omit<Office, 'ctx'> & {
  readonly ctx: Office['ctx'] & IdentityCtx & { counted: { statements: number } };
  /** Somebody who has proven an address, and who they are in an organisation of their own. */
  resident(email: string, plan?: { readonly organisation?: Id; readonly role?: Role }): Promise<Resident>;
  /** Does what waits behind the answers, and gives what was mailed since the last time, for the instance or an organisation. */
  post(organisation?: Id): Promise<Mail[]>;
  /** The token of the only link that was mailed to this address since the last `post`. */
  linkFor(email: string): Promise<string>;
  /** The audit log of the instance, oldest first. */
  recorded(): Promise<string[]>;
};

export type Resident = { readonly identity: Id; readonly organisation: Id; readonly person: Id };
export type Mail = { readonly to: string; readonly notice: Notice };

/** Somebody with a browser, at an address of a documentation network (RFC 5737). */
export function sender(address = '192.0.2.7', agent = 'Mozilla/5.0 (test)'): Sender {
  return { address: new Personal(address), agent: new Personal(agent), country: undefined };
}

/** Opens it, with sign-up open to everybody unless `env` says otherwise. */
export async function openHouse(env: Readonly<Record<string, string>> = {}): Promise<House> {
  const office = await openOffice();
  const counted = { statements: 0 };
  const ctx = {
    ...office.ctx,
    db: counting(office.db, counted),
    config: readConfig({ SOTTO_SIGN_UP: 'open', ...env }),
    publicUrl: () => 'https://phone.example.com',
    counted,
  };
  await ensureInstance(ctx);
  const reconcilers = identityReconcilers(ctx);
  const post = async (organisation = instanceId) => {
    for (const one of reconcilers) while ((await one.run()) > 0);
    return collect(ctx, organisation);
  };
  return {
    ...office,
    ctx,
    post,
    resident: (email, plan = {}) => moveIn(ctx, email, plan),
    async linkFor(email) {
      const links = (await post()).flatMap(({ to, notice }) => (to === email && 'url' in notice ? [notice.url] : []));
      assert.equal(links.length, 1, 'one link was mailed');
      return links[0]!.split('#')[1]!;
    },
    async recorded() {
      const rows = await office.db.tenant(instanceId, (tx) =>
        tx.rows<{ action: string }>(sql`
          select action from app.audit_entries where organisation_id = ${instanceId} order by at, id`),
      );
      return rows.map(({ action }) => action);
    },
  };
}

async function moveIn(
  ctx: House['ctx'],
  email: string,
  { organisation: given, role = 'owner' }: { readonly organisation?: Id; readonly role?: Role },
): Promise<Resident> {
  const name = new Personal('Resident');
  const address = new Personal(email);
  const { identity } = await ctx.db.tenant(instanceId, (tx) =>
    provenIdentity(ctx, tx, { email: address, name, language: 'en' }),
  );
  const plan = { kind: 'customer', name: 'Firm', timeZone: 'Etc/UTC', language: 'en', region: 'US' } as const;
  const organisation = given ?? (await makeOrganisation(ctx, plan));
  const person = await ctx.db.tenant(organisation, async (tx) => {
    const id = await addPerson(ctx, tx, { organisation, role, name, email: address });
    await joinOrganisation(ctx, tx, { organisation, person: id, identity });
    return id;
  });
  return { identity, organisation, person };
}

/** Takes all mails out of the outbox, as their addressees would read them. */
async function collect(ctx: House['ctx'], organisation: Id): Promise<Mail[]> {
  const rows = await ctx.db.tenant(organisation, async (tx) => {
    const found = await tx.rows<{ id: Id; recipient: Buffer; content: Buffer }>(sql`
      select id, recipient, content from app.mails where organisation_id = ${organisation} order by created_at, id`);
    await tx.run(sql`delete from app.mails where organisation_id = ${organisation}`);
    return found;
  });
  const open = async (row: Id, column: string, sealed: Buffer) =>
    (await unseal(ctx, organisation, { table: 'mails', row, column }, sealed)).reveal();
  return Promise.all(
    rows.map(async ({ id, recipient, content }) => {
      const { notice } = JSON.parse(await open(id, 'content', content)) as { notice: Notice };
      return { to: await open(id, 'recipient', recipient), notice };
    }),
  );
}

/** Counts statements and transactions: what work is, for those who compare. */
function counting(db: Db, counted: { statements: number }): Db {
  const count = <T>(value: T): T => {
    counted.statements += 1;
    return value;
  };
  const counts = (tx: Tx): Tx => ({
    rows: (query) => count(tx.rows(query)),
    maybe: (query) => count(tx.maybe(query)),
    one: (query) => count(tx.one(query)),
    run: (query) => count(tx.run(query)),
    issue: (query) => count(tx.issue(query)),
    tell: (object) => tx.tell(object),
  });
  return {
    ...db,
    tenant: (organisation, work) => count(db.tenant(organisation, (tx) => work(counts(tx)))),
    find: (query) => count(db.find(query)),
  };
}
