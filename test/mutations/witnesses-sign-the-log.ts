import type { TestContext } from 'node:test';
import { openDb, sql } from '#base';
import { instanceId } from '#safeguards/accounts';
import { logKeys, openWitness, witnessAsker, type WitnessedHead } from '#safeguards/log';
import { noteKey, noteSigner } from '#tlog';
import { testDerive } from '../cluster.ts';
import { sequenceNow } from '../sequencing.ts';
import { asAdmin } from '../visiting.ts';
import { mutationIn, openGround } from './mutation.ts';

const url = 'https://witness.example.com';

/** An installation with a witness, which is outside and so is played here, with its own memory. */
async function witnessed(t: TestContext) {
  const ground = await openGround(t);
  const { ctx, database } = ground;
  const connection = database.connection('jobs');
  const jobs = openDb({ connection, role: 'jobs', tenantKey: testDerive('tenant-token'), poolSize: 2 });
  t.after(() => jobs.close());
  const live = async () => {
    ctx.clock.advance(120_000);
    await sequenceNow(ctx, database);
  };
  await live();
  const signer = noteSigner('witness.example/w1', Buffer.alloc(32, 60), 'cosignature');
  const logs = (await logKeys(ctx)).map((vkey) => noteKey(vkey)!);
  const heads = new Map<string, WitnessedHead>();
  const witness = openWitness({ signers: [signer], logs, heads, save: async () => {}, now: ctx.clock.now });
  const http = Object.assign(
    async (_: unknown, request: { readonly body?: string | Buffer }) => {
      const { status, body } = await witness.addCheckpoint(Buffer.from(request.body ?? ''));
      return { status, headers: {}, body: Buffer.from(body) };
    },
    { connect: ctx.http.connect },
  );
  const config = { ...ctx.config, witnesses: [`${url} ${signer.vkey}`] };
  const asker = witnessAsker({ ...ctx, db: jobs, http, config, installation: instanceId });
  await asker.run();
  await live();
  await asker.run();
  return { ...ground, ask: () => asker.run() };
}

const heads = sql`organisation_id = ${instanceId} and tree = 'heads'`;

export default [
  mutationIn(witnessed, {
    breaks: 'the newest head of all logs is taken back, as by a backup that was restored',
    found: /refuses the newest head: saw-larger \(witness:/,
    quick: true,
    kind: 'deed',
    async deed(scene) {
      await asAdmin(scene, sql`alter table app.audit_heads disable trigger all`);
      await asAdmin(
        scene,
        sql`
        delete from app.audit_heads where ${heads} and size = (select max(size) from app.audit_heads where ${heads})`,
      );
      await asAdmin(scene, sql`update app.log_witnesses set size = 0`);
      await scene.ask();
    },
  }),
  mutationIn(witnessed, {
    breaks: 'what a witness signed is put under another head',
    found: /does not fit the head that was kept \(witness:/,
    kind: 'deed',
    async deed(scene) {
      await asAdmin(scene, sql`alter table app.log_cosignatures disable trigger all`);
      await asAdmin(scene, sql`update app.log_cosignatures set line = replace(line, substr(line, 60, 4), 'AAAA')`);
    },
  }),
  mutationIn(witnessed, {
    breaks: 'heads are sent without all of their proof',
    found: /refuses the newest head: not-consistent \(witness:/,
    kind: 'source',
    edits: [
      {
        file: 'src/safeguards/log/ask-witness.ts',
        from: "  const lines = proof.map((hash) => `${hash.toString('base64')}\\n`).join('');",
        to: "  const lines = proof.slice(1).map((hash) => `${hash.toString('base64')}\\n`).join('');",
      },
    ],
  }),
];
