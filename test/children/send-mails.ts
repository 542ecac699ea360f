import { manualClock, openDb, openHttp, readConfig, systemClock, systemRandom } from '#base';
import { openMail } from '#adapters/mail';
import { noticeSender } from '#safeguards/notices';
import { openKeystore } from '#safeguards/vault';
import { testDerive } from '../root-key.ts';

/** A process that sends the mails that are due, once. Its parent kills it while it does. */
process.once('message', (message) => void send(message as { connection: object; env: object; nowMs: number }));
process.send?.('ready');

async function send({ connection, env, nowMs }: { connection: object; env: object; nowMs: number }): Promise<void> {
  const config = readConfig({ ...env });
  const log = () => {};
  const clock = manualClock(nowMs);
  const db = openDb({ connection, role: 'jobs', tenantKey: testDerive('tenant-token'), poolSize: 4 });
  const http = openHttp({ config, log });
  const keys = await openKeystore({ config, random: systemRandom, clock, http });
  const mail = await openMail({ config, clock: systemClock, http, dial: http.dial });
  const publicUrl = () => config.publicUrl ?? '';
  await noticeSender({ clock, keys, db, config, log, publicUrl }, mail).run();
}
