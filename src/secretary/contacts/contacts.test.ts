import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isProblem, Personal, sql, type Id } from '#base';
import { unseal } from '#safeguards/vault';
import { openOffice, whileWaiting, type Office } from '../../../test/office.ts';
import { makeBusiness } from '../../../test/rows.ts';
import { isSuppressed, nameContact, seeContact, suppress } from './index.ts';

let office: Office;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

type Row = { id: Id; phone: Buffer; name: Buffer | null; language: string; seen_at: Date };

function contact(id: Id): Promise<Row> {
  const { organisation } = office.business;
  return office.db.tenant(organisation, (tx) =>
    tx.one<Row>(sql`
      select id, phone, name, language, seen_at from app.contacts where organisation_id = ${organisation} and id = ${id}`),
  );
}

function see(phone: string, language = 'en-US', ctx = office.ctx): Promise<Id> {
  const { organisation } = office.business;
  return office.db.tenant(organisation, (tx) =>
    seeContact(ctx, tx, { organisation, phone: new Personal(phone), language }),
  );
}

test('calls that come at once from one number give one contact, and no key is left over', async () => {
  const living = new Set<Id>();
  const { keys } = office.ctx;
  const ctx = {
    ...office.ctx,
    keys: {
      ...keys,
      contentKey(subject: Parameters<typeof keys.contentKey>[0]) {
        if (subject.kind === 'person') living.add(subject.id);
        return keys.contentKey(subject);
      },
      destroy(subject: Parameters<typeof keys.destroy>[0]) {
        living.delete(subject.id);
        return keys.destroy(subject);
      },
    },
  };
  const { organisation } = office.business;
  const phone = new Personal('+34600111001');
  const rivals = () => Promise.all([see(phone.reveal(), 'en-US', ctx), see(phone.reveal(), 'en-US', ctx)]);
  const [id, { outcome }] = await office.db.tenant(organisation, async (tx) => {
    const first = await seeContact(ctx, tx, { organisation, phone, language: 'en-US' });
    return [first, await whileWaiting(tx, rivals)];
  });
  assert.deepEqual(await outcome, [id, id]);
  assert.deepEqual([...living], [id]);
});

test('a contact is the same person at the next call, seen then and in the language spoken then', async () => {
  const id = await see('+34600111002', 'en-US');
  office.ctx.clock.advance(60_000);
  assert.equal(await see('+34 600 111 002', 'es-ES'), id);
  const row = await contact(id);
  assert.equal(row.language, 'es-ES');
  assert.equal(row.seen_at.getTime(), office.ctx.clock.now());
});

test('number and name are sealed in the database and come back whole', async () => {
  const { organisation } = office.business;
  const id = await see('+34600111003');
  const name = new Personal('Marisol Quintanilla');
  await office.db.tenant(organisation, (tx) => nameContact(office.ctx, tx, { organisation, contactId: id, name }));
  const row = await contact(id);
  assert.ok(!Buffer.concat([row.phone, row.name!]).includes('600111003') && !row.name!.includes('Marisol'));
  const open = async (column: 'phone' | 'name') =>
    (await unseal(office.ctx, organisation, { table: 'contacts', row: id, column }, row[column]!)).reveal();
  assert.deepEqual([await open('phone'), await open('name')], ['+34600111003', 'Marisol Quintanilla']);
});

test('a name for someone who is no contact of the organisation is refused', async () => {
  const other = await makeBusiness(office.db);
  const contactId = await see('+34600111004');
  const given = { organisation: other.organisation, contactId, name: new Personal('Nobody') };
  const naming = office.db.tenant(other.organisation, (tx) => nameContact(office.ctx, tx, given));
  await assert.rejects(naming, (error) => isProblem(error, 'not-found'));
});

test('a number that asked not to be called stays on the list when its contact is erased', async () => {
  const { organisation } = office.business;
  const phone = new Personal('+34600111005');
  const id = await see(phone.reveal());
  const callId = await office.call();
  await office.db.tenant(organisation, (tx) =>
    suppress(office.ctx, tx, { organisation, phone, reason: 'asked-in-call', callId }),
  );
  await office.ctx.keys.destroy({ organisation, kind: 'person', id });
  await office.db.tenant(organisation, (tx) =>
    tx.run(sql`delete from app.contacts where organisation_id = ${organisation} and id = ${id}`),
  );
  const written = new Personal('+34 600 111 005');
  assert.ok(await office.db.tenant(organisation, (tx) => isSuppressed(office.ctx, tx, organisation, written)));
});

test('asked twice, even at once, a number is on the list once and the log says so once', async () => {
  const { organisation } = office.business;
  const phone = new Personal('+34600111006');
  const count = async () => (await office.audited()).filter((action) => action === 'contact.suppressed').length;
  const earlier = await count();
  const asked = { organisation, phone, reason: 'asked-in-call' } as const;
  const { outcome } = await office.db.tenant(organisation, async (tx) => {
    await suppress(office.ctx, tx, asked);
    return whileWaiting(tx, () => office.db.tenant(organisation, (rival) => suppress(office.ctx, rival, asked)));
  });
  await outcome;
  assert.equal(await count(), earlier + 1);
});

test('one organisation does not see who asked another not to call', async () => {
  const other = (await makeBusiness(office.db)).organisation;
  const { organisation } = office.business;
  const phone = new Personal('+34600111007');
  await office.db.tenant(organisation, (tx) =>
    suppress(office.ctx, tx, { organisation, phone, reason: 'asked-otherwise' }),
  );
  assert.ok(!(await office.db.tenant(other, (tx) => isSuppressed(office.ctx, tx, other, phone))));
  const unasked = new Personal('+34600111008');
  assert.ok(!(await office.db.tenant(organisation, (tx) => isSuppressed(office.ctx, tx, organisation, unasked))));
});
