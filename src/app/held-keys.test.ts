import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { isProblem, readConfig } from '#base';
import { makeOrganisation } from '#safeguards/accounts';
import { openRegister, registerState, useAtOnce, withdraw } from '#safeguards/register';
import { world } from '../../test/world.ts';
import { takeUp } from './held.ts';

const service = { SOTTO_TRANSIT_URL: 'https://vault.example.com', SOTTO_TRANSIT_TOKEN: 's.of-nobody' };
const isHeld = (error: unknown) => isProblem(error, 'processor-held');

/** An installation with customers, at its next start: with these settings. */
async function started(t: TestContext) {
  const { ctx: before, app } = await world(t);
  const given = { kind: 'customer', timeZone: 'Etc/UTC', language: 'en', region: 'US' } as const;
  for (const name of ['Own', 'Second']) await makeOrganisation(before, { ...given, name });
  await app.close();
  return async (env: Readonly<Record<string, string>>) => {
    const ctx = { ...before, config: readConfig(env) };
    const register = await openRegister(ctx);
    return { ctx, register, begin: () => takeUp(ctx, register) };
  };
}

const decision = { processor: 'transit', reason: 'It cannot wait', actor: 'command:processors' } as const;

test('a key service is announced while keys come from where they came before, and nothing starts by it before its day', async (t) => {
  const start = await started(t);
  const beside = await start(service);
  await beside.begin();
  assert.deepEqual(
    beside.register.held().map(({ processor, meanwhile }) => [processor, meanwhile]),
    [['transit', 'Keys come from where they came before. ./sotto keys rotate moves them, after its day.']],
  );
  const moved = await start({ ...service, SOTTO_KEY_PROVIDER: 'transit' });
  await assert.rejects(moved.begin(), isHeld);
  assert.match(moved.register.held()[0]?.meanwhile ?? '', /does not start/);
  assert.equal((await registerState(moved.ctx)).processors[0]?.standing, 'announced');
  await useAtOnce(moved.ctx, decision);
  await moved.begin();
});

test('a key service is not taken back while the keys are there, and is once they are elsewhere', async (t) => {
  const start = await started(t);
  const { ctx, begin } = await start({ ...service, SOTTO_KEY_PROVIDER: 'transit' });
  await assert.rejects(begin(), isHeld);
  await useAtOnce(ctx, decision);
  await assert.rejects(withdraw(ctx, decision), (error) => isProblem(error, 'input-invalid'));
  await begin();
  const away = await start(service);
  await withdraw(away.ctx, decision);
  await away.begin();
  assert.equal((await registerState(away.ctx)).processors[0]?.standing, 'withdrawn');
});
