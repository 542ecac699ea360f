import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openHttp, Personal, readConfig, sql, systemClock } from '#base';
import { openMail } from '#adapters/mail';
import { openArchive } from '../../../test/archive.ts';
import { here, mailServer } from '../../../test/mail-server.ts';
import type { Notice } from './notice.ts';
import { notify } from './notify.ts';
import { noticeSender } from './sender.ts';

const minute = 60_000;
const year = 365 * 24 * 60 * minute;
const notice: Notice = { kind: 'password-changed' };

/** A business on a machine whose clock can be set, with mail as `env` says. */
async function desk(t: TestContext, env: Readonly<Record<string, string>> = {}) {
  const { ctx, jobs, business } = await openArchive(t);
  const { organisation } = business;
  const config = readConfig({ SOTTO_PUBLIC_URL: 'https://phone.example.com', ...env });
  const http = openHttp({ config, log: () => {}, lookup: here });
  t.after(() => http.close());
  const mailer = await openMail({ config, clock: systemClock, http, dial: http.dial });
  const sender = noticeSender({ ...jobs, config, publicUrl: () => 'https://phone.example.com' }, mailer);
  await ctx.keys.time.doubt();
  return {
    clock: ctx.clock,
    keys: ctx.keys,
    sender,
    write: (to: string) =>
      ctx.db.tenant(organisation, (tx) =>
        notify(ctx, tx, { organisation, to: new Personal(to), language: 'en', notice }),
      ),
    rows: () =>
      ctx.db.tenant(organisation, (tx) =>
        tx.rows<{ state: string; readable: boolean }>(sql`
          select state, content is not null as readable from app.mails
          where organisation_id = ${organisation} order by created_at, id`),
      ),
  };
}

async function runAll({ run }: { run(): Promise<number> }): Promise<void> {
  while ((await run()) > 0);
}

test('a clock that is ahead gives up no mail and takes none from the outbox; what is written meanwhile passes by them', async (t) => {
  const { clock, sender, write, rows } = await desk(t);
  for (let count = 0; count < 6; count += 1) await write(`kept-${count}@example.com`);
  await runAll(sender);
  await write('waiting@example.com');
  clock.set(year);
  await write('new@example.com');
  await runAll(sender);
  const kept = { state: 'kept', readable: true };
  const waiting = { state: 'waiting', readable: true };
  assert.deepEqual(await rows(), [...Array.from({ length: 6 }, () => kept), waiting, kept]);
  clock.set(0);
  await runAll(sender);
  assert.deepEqual(
    await rows(),
    Array.from({ length: 8 }, () => kept),
  );
});

test('a clock that was off for two days and is right gives up what is too late, once it is believed', async (t) => {
  const { clock, sender, write, rows, keys } = await desk(t);
  await write('waiting@example.com');
  clock.off(2 * 24 * 60 * minute);
  await runAll(sender);
  assert.deepEqual(await rows(), [{ state: 'waiting', readable: true }]);
  clock.advance(15 * minute);
  assert.equal(await keys.time.doubt(), undefined);
  await runAll(sender);
  assert.deepEqual(await rows(), [{ state: 'given-up', readable: false }]);
});

test('a mail that could not leave under a clock that was ahead leaves when it is right, and not a year later', async (t) => {
  const server = await mailServer(t, { fate: (before) => (before < 1 ? { reply: 451 } : 'take') });
  const { clock, sender, write, rows } = await desk(t, server.env());
  clock.set(year);
  await write('new@example.com');
  await runAll(sender);
  assert.deepEqual(await rows(), [{ state: 'waiting', readable: true }]);
  clock.set(0);
  await runAll(sender);
  assert.deepEqual(await rows(), [{ state: 'sent', readable: false }]);
  assert.equal(server.received.length, 1);
});
