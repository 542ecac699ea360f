import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '#base';
import { instanceId } from '#safeguards/accounts';
import { world } from '../../test/world.ts';

test('the product measures itself over the wire, as a visitor and as a carrier, and says that it was asked to stop', async (t) => {
  const { ctx, app, logged } = await world(t);
  const look = () =>
    ctx.db.tenant(instanceId, (tx) =>
      tx.one<{ days: readonly string[] | null; failed: number; state: string | null; ending: string | null }>(sql`
        select (select array_agg(what order by what) from app.response_days where organisation_id = ${instanceId}) as days,
          (select sum(failed)::int from app.response_days where organisation_id = ${instanceId}) as failed,
          (select state from app.uptime_spans where organisation_id = ${instanceId}) as state,
          (select ending from app.uptime_spans where organisation_id = ${instanceId}) as ending`),
    );
  let seen = await look();
  for (; seen.state === null; seen = await look()) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(seen, { days: ['visit', 'webhook', 'webhook-visit'], failed: 0, state: 'up', ending: null });
  const own = logged.filter(({ fields }) => fields?.['vendor'] === 'this-installation');
  assert.deepEqual(
    own.slice(0, 2).map(({ event, fields }) => [event, fields?.['status']]),
    [
      ['egress.sent', 200],
      ['egress.sent', 404],
    ],
  );
  await app.close();
  assert.equal((await look()).ending, 'planned');
});
