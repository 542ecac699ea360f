import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { iso } from '#base';
import { record, type Action } from '#safeguards/audit';
import { teamFor, type Asker, type Team } from '../../../test/team.ts';
import { teamRoutes } from './routes.ts';

/** A log with a change, a look and another change, a minute apart. */
async function scene(t: TestContext) {
  const team = await teamFor(t, (ctx) => teamRoutes(ctx));
  const owner = await team.member('owner');
  const { organisation } = owner;
  const begun = team.ctx.clock.now();
  for (const action of ['person.renamed', 'number.revealed', 'keeping.changed'] as const satisfies readonly Action[]) {
    team.ctx.clock.advance(60_000);
    await team.ctx.db.tenant(organisation, (tx) =>
      record(team.ctx, tx, { organisation, actor: 'system', action, object: `organisation:${organisation}` }),
    );
  }
  return { team, as: owner.as, begun };
}

async function actionsIn(team: Team, as: Asker, query: string): Promise<unknown[]> {
  const { status, json } = await team.ask(as, 'GET', `/api/v1/audit?${query}`);
  assert.equal(status, 200, JSON.stringify(json));
  return json.items!.map(({ action }) => action);
}

test('what was changed and what was only looked at can be told apart', async (t) => {
  const { team, as } = await scene(t);
  const changes = await actionsIn(team, as, 'what=changes');
  assert.deepEqual(changes.slice(0, 2), ['keeping.changed', 'person.renamed']);
  assert.ok(!changes.includes('number.revealed') && !changes.includes('read.audit'));
  assert.deepEqual(await actionsIn(team, as, 'what=looks'), ['read.audit', 'read.audit', 'number.revealed']);
  const { status } = await team.ask(as, 'GET', '/api/v1/audit?what=nothing');
  assert.equal(status, 400);
});

test('the log of some time is read without the rest, page by page', async (t) => {
  const { team, as, begun } = await scene(t);
  const at = (minutes: number) => iso(begun + minutes * 60_000);
  assert.deepEqual(await actionsIn(team, as, `since=${at(2)}&until=${at(3)}`), ['number.revealed']);
  const first = await team.ask(as, 'GET', `/api/v1/audit?what=changes&since=${at(0.5)}&limit=1`);
  assert.deepEqual(
    first.json.items!.map(({ action }) => action),
    ['keeping.changed'],
  );
  const before = first.json['next'] as string;
  assert.deepEqual(await actionsIn(team, as, `what=changes&since=${at(0.5)}&before=${before}`), ['person.renamed']);
});
