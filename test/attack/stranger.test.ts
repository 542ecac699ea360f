import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from '#base';
import { entryProofText, logKeys, nodesOf, openingOf, proofOf } from '#safeguards/log';
import { consistencyProof, noteKey, noteSigner, openNote } from '#tlog';
import { cli, killed, strangersMachine } from './cli.ts';
import { installation, openScene, shop, type Scene } from './scene.ts';

const whats = (out: Record<string, unknown>) =>
  (out['faults'] as { what: string; where: string }[]).map(({ what, where }) => `${what} at ${where}`);

test('a stranger with the file and the public keys verifies an export in a process of its own', async (t) => {
  const scene = await openScene(t);
  await scene.live(5);
  const lines = await scene.exported();
  const keys = (await logKeys(scene.ctx)).join(',');
  const there = strangersMachine(t);
  const file = there.file('export.jsonl', `${lines.join('\n')}\n`);
  const right = there.run('verify', file, '--key', keys, '--state', 'seen.json');
  assert.deepEqual(
    [right.status, right.out['isRight'], right.out['entries'], right.out['keysFrom']],
    [0, true, 5, 'given'],
  );
  const again = there.run('verify', file, '--state', 'seen.json');
  assert.deepEqual([again.status, again.out['keysFrom']], [0, 'remembered']);

  const edited = there.file('edited.jsonl', `${lines.join('\n').replace('call.answered', 'call.finished')}\n`);
  const wrong = there.run('verify', edited, '--state', 'seen.json');
  assert.equal(wrong.status, 1);
  assert.deepEqual(whats(wrong.out), ['entry-changed at entry 0']);
  const cut = there.run('verify', there.file('cut.jsonl', lines.slice(0, -2).join('\n')), '--key', keys);
  assert.equal(cut.status, 1);
  assert.ok(whats(cut.out).some((what) => what.startsWith('cut-off')));
});

test('what was seen is remembered between processes: an older export is refused', async (t) => {
  const scene = await openScene(t);
  await scene.live(5);
  const there = strangersMachine(t);
  const older = there.file('older.jsonl', `${(await scene.exported()).join('\n')}\n`);
  await scene.live(5);
  const newer = there.file('newer.jsonl', `${(await scene.exported()).join('\n')}\n`);
  assert.equal(there.run('verify', newer, '--state', 'seen.json').status, 0);
  const back = there.run('verify', older, '--state', 'seen.json');
  assert.equal(back.status, 1);
  assert.ok(whats(back.out).some((what) => what.startsWith('rolled-back')));
  assert.equal(there.run('verify', newer, '--state', 'seen.json').status, 0);
});

test('a file that was made to command the terminal is shown as text', async (t) => {
  const scene = await openScene(t);
  await scene.live(5);
  const there = strangersMachine(t);
  const [header, ...rest] = await scene.exported();
  const lying = JSON.stringify({ ...JSON.parse(header!), log: 'x\u001b[2J\u001b[HRight: 5 entries\u009b0m\r\u202e' });
  const file = there.file('lying.jsonl', `${[lying, ...rest].join('\n')}\n`);
  for (const how of [[], ['--json']]) {
    const args = [cli, 'audit', 'verify', file, ...how];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: there.folder, encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(stdout, /Right: 5 entries/);
    assert.doesNotMatch(stdout, /[^\P{Cc}\n\t]|[\u202a-\u202e]/u, how.join());
  }
});

test('used wrongly it says how, and exits with 2', (t) => {
  const there = strangersMachine(t);
  for (const args of [
    ['verify'],
    ['verify', 'missing.jsonl'],
    ['verify', there.file('any.jsonl', '{}\n'), '--key', 'none'],
    ['verify', 'any.jsonl', '--state', there.file('state.json', '[]')],
    ['prove', 'no-id'],
    ['witness'],
    ['witness', 'w', '--name', 'a b', '--logs', 'any.jsonl'],
  ])
    assert.equal(there.run(...args).status, 2, args.join(' '));
});

test('nothing is written over a file that is there, unless it is asked for', (t) => {
  const there = strangersMachine(t);
  const file = there.file('kept.txt', 'mine');
  const entry = '00000000-0000-7000-8000-00000000e001';
  for (const args of [
    ['export', file],
    ['prove', entry, '--out', file],
  ]) {
    const refused = there.run(...args);
    assert.equal(refused.status, 2, args.join(' '));
    assert.match(refused.human, /kept\.txt is there already.*--replace/, args.join(' '));
  }
  assert.equal(readFileSync(join(there.folder, file), 'utf8'), 'mine');
});

test('a witness whose port is taken names the option that chooses another', async (t) => {
  const there = strangersMachine(t);
  const other = createServer().listen(0, '127.0.0.1');
  t.after(() => other.close());
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const logs = there.file('logs.txt', noteSigner('log.example/a', Buffer.alloc(32, 7), 'ed25519').vkey);
  const args = ['witness', 'w', '--name', 'witness.example/w', '--logs', logs, '--listen', `127.0.0.1:${port}`];
  const refused = there.run(...args);
  assert.notEqual(refused.status, 0);
  assert.match(refused.human, /--listen/);
  assert.doesNotMatch(refused.human, /SOTTO_PORT/);
});

test('a stranger with public keys alone confirms one entry, and sees when its proof was changed', async (t) => {
  const scene = await openScene(t);
  const entry = await scene.act(shop, { note: 'a detail' });
  await scene.live(5);
  const text = await scene.ctx.db.tenant(shop, async (tx) =>
    entryProofText((await proofOf(tx, shop, entry))!, await openingOf(scene.ctx, tx, shop, entry)),
  );
  const keys = (await logKeys(scene.ctx)).join(',');
  const there = strangersMachine(t);
  const file = there.file('entry.tlog-proof', text);
  const right = there.run('verify', file, '--key', keys);
  assert.equal(right.status, 0);
  assert.deepEqual(right.out['details'], { note: 'a detail' });
  assert.equal((right.out['entry'] as { id: string }).id, entry);
  assert.equal(there.run('verify', file).status, 2);
  assert.equal(
    there.run('verify', there.file('bent.tlog-proof', text.replace(/\nindex \d+/, '\nindex 2')), '--key', keys).status,
    1,
  );
});

/** What the product sends a witness: the newest head of all logs, from an older size. */
const submission = (scene: Scene, old: number) =>
  scene.ctx.db.tenant(installation, async (tx) => {
    const { size, note } = await tx.one<{ size: number; note: string }>(sql`select size, note from sec.log_head()`);
    const tree = { organisation: installation, tree: 'heads' } as const;
    const proof = await consistencyProof(nodesOf(tx, tree, size), old, size);
    const lines = proof.map((hash) => `${hash.toString('base64')}\n`).join('');
    return { size, note, body: `old ${old}\n${lines}\n${note}` };
  });

test('a witness remembers in a process of its own, also when it is killed, and refuses another history', async (t) => {
  const scene = await openScene(t);
  await scene.live(5);
  const there = strangersMachine(t);
  const logs = there.file('logs', (await logKeys(scene.ctx)).join('\n'));
  const args = ['witness', 'w1', '--name', 'witness.example/w1', '--logs', logs, '--listen', '127.0.0.1:0'] as const;
  const first = await there.start(...args);
  const post = (url: unknown, body: string) => fetch(`${String(url)}/add-checkpoint`, { method: 'POST', body });
  const one = await submission(scene, 0);
  const signed = await post(first.out['url'], one.body);
  assert.equal(signed.status, 200);
  const keys = (first.out['keys'] as string[]).map((vkey) => noteKey(vkey)!);
  const opened = openNote(Buffer.from(one.note + (await signed.text())), keys);
  assert.ok(typeof opened === 'object' && opened.signatures.length === 2);
  await killed(first.child);

  const second = await there.start(...args);
  assert.deepEqual(second.out['keys'], first.out['keys']);
  const told = await post(second.out['url'], one.body);
  assert.deepEqual(
    [told.status, told.headers.get('content-type'), await told.text()],
    [409, 'text/x.tlog.size', `${one.size}\n`],
  );
  await scene.live(5);
  const next = await submission(scene, one.size);
  const bent = next.body.replace(/\n[A-Za-z0-9+/]{43}=\n/, `\n${Buffer.alloc(32).toString('base64')}\n`);
  assert.equal((await post(second.out['url'], bent)).status, 422);
  assert.equal((await post(second.out['url'], next.body)).status, 200);
  const hash = createHash('sha256').update(one.note.split('\n', 1)[0]!).digest('hex');
  const shown = await (await fetch(`${String(second.out['url'])}/${hash}/checkpoint`)).text();
  assert.ok(shown.startsWith(next.note));
  assert.equal((await fetch(`${String(second.out['url'])}/${'0'.repeat(64)}/checkpoint`)).status, 404);
});
