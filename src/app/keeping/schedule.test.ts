import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { rules, settable } from '#safeguards/retention';
import { openTeam, type Team } from '../../../test/team.ts';
import { teamRoutes } from '../team/routes.ts';
import { keepingRoutes } from './routes.ts';

let team: Team;
before(async () => {
  team = await openTeam((ctx) => [...teamRoutes(ctx), ...keepingRoutes(ctx)]);
});
after(() => team.close());

const day = 86_400_000;

type Line = {
  readonly id: string;
  readonly by: string;
  readonly ms: number | null;
  readonly howLong: { readonly en: string; readonly es: string };
};

test('the schedule has every type of data, those that the business sets first, with what it has set', async () => {
  const owner = await team.member('owner');
  const lines = async () =>
    (await team.ask(owner.as, 'GET', '/api/v1/keeping/schedule')).json['lines'] as readonly Line[];
  const before = await lines();
  assert.deepEqual(before.map(({ id }) => id).toSorted(), (await rules()).map(({ id }) => id).toSorted());
  assert.deepEqual(
    before.slice(0, settable.length).map(({ id }) => id),
    [...settable],
  );
  const { etag } = await team.ask(owner.as, 'GET', '/api/v1/keeping');
  const days = { recordings: 7, calls: 14, messages: 365, people: 30, leads: 'account', appointments: 60 };
  await team.ask({ ...owner.as, 'if-match': etag! }, 'PUT', '/api/v1/keeping', { preset: 'custom', days });
  const told = new Map((await lines()).map((line) => [line.id, line]));
  assert.deepEqual(
    [told.get('calls')?.ms, told.get('calls')?.howLong.en],
    [14 * day, '14 days from the end of the call.'],
  );
  assert.equal(told.get('messages')?.howLong.es, '1 año desde que se tomó.');
  assert.deepEqual([told.get('leads')?.ms, told.get('leads')?.by], [null, 'setting']);
  assert.equal(told.get('account')?.ms, 30 * day);
});

test('who may see how the business is set up sees its schedule, and nobody else’s', async () => {
  const viewer = await team.member('viewer');
  const { status, json } = await team.ask(viewer.as, 'GET', '/api/v1/keeping/schedule');
  assert.equal(status, 200);
  assert.deepEqual([json['preset'], json['version'], json['lastRun']], ['standard', 0, null]);
  assert.deepEqual(json['holds'], { asked: 0, inForce: 0, items: [] });
  assert.equal((await team.ask({}, 'GET', '/api/v1/keeping/schedule')).status, 401);
});
