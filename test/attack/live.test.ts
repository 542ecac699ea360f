import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { readConfig } from '#base';
import { openServer, type Identify, type Route } from '#edge';
import { logKeys } from '#safeguards/log';
import { auditLogRoutes } from '../../src/app/audit-log/routes.ts';
import { exportRoute } from '../../src/app/audit-log/export.ts';
import { always } from '../edge.ts';
import { strangersMachine } from './cli.ts';
import { copyAll, restoreAll } from './copies.ts';
import { openScene, shop } from './scene.ts';

/** The log as it is published, and as whoever has a key of the business may read it. */
async function served(t: TestContext) {
  const scene = await openScene(t);
  const routes: Route[] = [...auditLogRoutes(scene.ctx), exportRoute(scene.ctx)];
  const actor = 'api-key:00000000-0000-7000-8000-00000000000a' as const;
  const who = { organisation: shop, actor, grants: { 'audit:read': 'all' } } as const;
  const identify: Identify = async (shown) =>
    shown.by === 'key' && shown.key === 'good-key' ? { who, signedIn: undefined } : undefined;
  const ctx = { ...scene.ctx, config: readConfig({ SOTTO_PORT: '0' }) };
  const server = await openServer(ctx, { routes, identify, admit: always });
  t.after(() => server.close());
  const { url } = await server.listen();
  return { scene, url, there: strangersMachine(t) };
}

const whats = (out: Record<string, unknown>) =>
  (out['faults'] as { what: string; where: string }[]).map(({ what, where }) => `${what} at ${where}`);

test('a stranger verifies what an installation publishes, and that it only grows', async (t) => {
  const { scene, url, there } = await served(t);
  await scene.live(3);
  const keys = (await logKeys(scene.ctx)).join(',');
  const first = await there.runBeside({}, 'verify', url, '--key', keys, '--state', 'seen.json');
  assert.deepEqual([first.status, first.out['isRight']], [0, true]);
  for (let round = 0; round < 3; round += 1) await scene.live(3);
  const later = await there.runBeside({}, 'verify', url, '--state', 'seen.json');
  assert.equal(later.status, 0);
  assert.equal((later.out['global'] as { size: number }).size, 8);
});

test('with an API key of the business its own log is verified with it', async (t) => {
  const { scene, url, there } = await served(t);
  await scene.live(3);
  const right = await there.runBeside({ SOTTO_API_KEY: 'good-key' }, 'verify', url, '--state', 'seen.json');
  assert.equal(right.status, 0);
  assert.equal((right.out['log'] as { entries: number }).entries, 3);
  await scene.live(3);
  const later = await there.runBeside({ SOTTO_API_KEY: 'good-key' }, 'verify', url, '--state', 'seen.json');
  assert.equal(later.status, 0);
  assert.deepEqual((later.out['log'] as { notes: unknown }).notes, []);
  // That it was read is in the log that is read.
  assert.equal((later.out['log'] as { entries: number }).entries, 7);
  assert.equal((await there.runBeside({ SOTTO_API_KEY: 'bad-key' }, 'verify', url)).status, 2);
});

test('an old copy and a fork are found at the address itself', async (t) => {
  const { scene, url, there } = await served(t);
  await scene.live(3);
  await copyAll(scene);
  await scene.live(3);
  const state = ['--state', 'seen.json'] as const;
  assert.equal((await there.runBeside({}, 'verify', url, ...state)).status, 0);
  await restoreAll(scene);
  const old = await there.runBeside({}, 'verify', url, ...state);
  assert.equal(old.status, 1);
  assert.match(whats(old.out).join(), /^rolled-back at the global tree /);
  await scene.live(3);
  await scene.live(3);
  const fork = await there.runBeside({}, 'verify', url, ...state);
  assert.equal(fork.status, 1);
  assert.match(whats(fork.out).join(), /^forked at the global tree /);
});

test('what is no log, and nobody who answers, is said', async (t) => {
  const { url, there } = await served(t);
  assert.equal((await there.runBeside({}, 'verify', `${url}`)).status, 2);
  const closed = await there.runBeside({}, 'verify', 'http://127.0.0.1:1');
  assert.equal(closed.status, 2);
  assert.match(closed.human, /Nothing answers/);
});
