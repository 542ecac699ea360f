import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identifier, Personal, sql } from '#base';
import { takeMessage } from '#secretary/messages';
import { openErasing } from './erasing.ts';

const person = { person: new Personal('+34600111222') };

test('a message whose number stands among words is found by it, or by who left it, though nobody is known any more', async (t) => {
  const erasing = await openErasing(t);
  const { keeping, ctx } = erasing;
  const [mine] = keeping.businesses;
  const { organisation } = mine;
  const among = await keeping.leave(mine, { isNamed: true });
  const elsewhere = await keeping.leave(mine, { phone: '+34600111333' });
  const said = await ctx.db.tenant(organisation, (tx) => {
    const [callback, body] = [new Personal('my sister has it'), new Personal('ring me')];
    return takeMessage(ctx, tx, {
      organisation,
      callId: elsewhere.call,
      contactId: elsewhere.contact,
      callback,
      body,
      urgent: false,
    });
  });
  await ctx.db.tenant(organisation, async (tx) => {
    for (const table of ['calls', 'messages', 'leads', 'appointments'])
      await tx.run(
        sql`update ${identifier('app', table)} set contact_id = null where organisation_id = ${organisation}`,
      );
    await tx.run(
      sql`update app.calls set caller_index = null, conversation = null where organisation_id = ${organisation}`,
    );
    await tx.run(sql`delete from app.contacts where organisation_id = ${organisation}`);
  });
  await erasing.erase(mine, person);
  await erasing.erase(mine, { person: new Personal('+34600111333') });
  const left = [...(await erasing.dump())].filter((row) => /^(?:messages) /.test(row));
  assert.ok(!left.some((row) => row.includes(among.message)), 'the number among words');
  assert.ok(!left.some((row) => row.includes(said)), 'words without a number');
});
