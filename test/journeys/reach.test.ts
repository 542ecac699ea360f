import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { isProblem, Personal, readConfig, type Processor } from '#base';
import { openSenses } from '#app';
import { makeOrganisation, setModelCredential } from '#safeguards/accounts';
import { temporaryFolder } from '../keys.ts';
import { liveProduct } from '../live-product.ts';
import { mailServer } from '../mail-server.ts';
import { sotto, startProduct, type Env } from '../product.ts';

function named(name: string): Processor {
  return { name, purpose: '', data: [], region: '', hosts: [] };
}

test('a command reaches nobody who waits for a day, and what it was refused stands in the books', async (t) => {
  const smtp = await mailServer(t, { hasStarttls: false });
  const folder = await temporaryFolder(t);
  const first: Env = { SOTTO_DATA_DIR: folder, SOTTO_PORT: '0', SOTTO_HOST: '127.0.0.1' };
  const url = `smtp://127.0.0.1:${smtp.port}`;
  const both: Env = { ...first, SOTTO_MAIL: 'smtp', SOTTO_MAIL_FROM: 'a@b.test', SOTTO_SMTP_URL: url };
  await (await startProduct(first)).stop('hurried');

  const senses = await openSenses(readConfig(both), () => {});
  const given = { kind: 'customer', timeZone: 'Etc/UTC', language: 'en', region: 'US' } as const;
  for (const name of ['Own', 'Second']) await makeOrganisation(senses.ctx, { ...given, name });
  const { http } = senses.ctx;
  await assert.rejects(http.dial(named('SMTP'), url), (error) => isProblem(error, 'processor-held'));
  const stray = http(named('Stray part'), { method: 'GET', url: 'https://collector.example/' });
  await assert.rejects(stray, (error) => isProblem(error, 'host-not-listed'));
  assert.equal(senses.register.config.mail, 'outbox');
  await senses.close();

  const { code, stdout } = await sotto(first, 'processors');
  assert.equal(code, 1);
  assert.match(stdout, /REFUSED: stray-part asked for collector\.example, which nobody lists, 1 times/);
  assert.equal(smtp.received.length, 0);
});

test('a host that nobody lists and that the line asks for is in the books while the call goes on, and turns the claim', async (t) => {
  const { env, setUp, ring } = await liveProduct(t);
  const senses = await openSenses(readConfig(env), () => {});
  const { organisation } = setUp;
  await senses.ctx.db.tenant(organisation, (tx) =>
    setModelCredential(senses.ctx, tx, {
      organisation,
      vendor: 'openai',
      key: new Personal('sk-elsewhere'),
      baseUrl: 'https://elsewhere.test',
    }),
  );
  await senses.close();
  const call = ring();
  for (;;) {
    const { code, stdout } = await sotto(env, 'processors');
    if (code === 1) {
      assert.match(stdout, /REFUSED: openai asked for elsewhere\.test/);
      break;
    }
    await pause(200);
  }
  const proven = await sotto(env, 'prove', '--only', 'refused-hosts-are-seen', '--json');
  assert.equal(proven.code, 1);
  assert.match(proven.stdout, /openai asked for a host that nobody lists.*elsewhere\.test/s);
  await call.hangUp();
});
