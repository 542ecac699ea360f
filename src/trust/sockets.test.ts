import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { iso, sql } from '#base';
import type { Knock, Knocked } from '#edge';
import { proveAll, type Means } from '#trust';
import { canary, plantCall, plantEntry } from './canary.ts';
import { signedBy } from './canary-call.ts';
import heard from './claims/what-was-heard-is-written-apart.ts';
import tokens from './claims/media-sockets-need-their-token.ts';
import type { Claim, Reach } from './claim.ts';
import { reachOf, rolledBack } from './means.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';

let ground: ProvingGround;
before(async () => {
  ground = await openProvingGround();
});
after(() => ground.close());

const needed = 'media-sockets-need-their-token';
const apart = 'what-was-heard-is-written-apart';

async function verdictOf(which: string, knock: Reach['knock'] = ground.means.knock) {
  const [verdict] = await proveAll({ ...ground.means, knock }, { which: [which] });
  assert.ok(verdict);
  return verdict;
}

async function assertFails(which: string, why: RegExp, knock?: Reach['knock']): Promise<void> {
  const { status, why: found } = await verdictOf(which, knock);
  assert.equal(status, 'failing', found);
  assert.match(found, why);
}

async function assertUnknown(which: string, knock: Reach['knock']): Promise<void> {
  const { status, why } = await verdictOf(which, knock);
  assert.deepEqual([status, why.includes('not-running')], ['unknown', true], why);
}

test('sockets that are tried in every way prove the claim, and both kinds are', async () => {
  const paths: string[] = [];
  const { status, why, checked } = await verdictOf(needed, (handshake) => {
    paths.push(handshake.path);
    return ground.means.knock(handshake);
  });
  assert.equal(status, 'proven', why);
  // Eight signatures at two doors, five tokens that open nothing and one that does, that one in the books, and four
  // strangers at the two sockets of our own pages.
  assert.equal(checked, 2 * 8 + 6 + 1 + 2 * 4);
  for (const door of ['stream', 'relay']) assert.ok(paths.filter((path) => path.includes(`/${door}/`)).length >= 8);
});

test('a product that opens the sockets of its own pages to anybody is found', async () => {
  const { status, why } = await verdictOf(needed, (handshake) =>
    handshake.path.startsWith('/api/') ? Promise.resolve({ status: 101 }) : ground.means.knock(handshake),
  );
  assert.deepEqual([status, /from another page was answered 101/.test(why ?? '')], ['failing', true]);
});

/** The signature that a product would have to see, and that one which looks at none does not miss. */
function signedTruly({ path }: Knock): Knock {
  const { canary: account, origin } = ground.means;
  return { path, headers: signedBy(account.phone.sign(origin.replace(/^http/, 'ws') + path)) };
}

test('a product that does not look at signatures is found, although no line takes its audio', async () => {
  await assertFails(needed, /a socket without a signature was answered 101 \(relay\)/, (handshake) =>
    ground.means.knock(signedTruly(handshake)),
  );
});

test('a product that lets audio in unsigned is found', async () => {
  await assertFails(needed, /a socket signed with words was answered 101 \(stream\)/, async (handshake) =>
    handshake.path.includes('/stream/') ? { status: 101 } : ground.means.knock(handshake),
  );
});

test('a product that is not there to be asked is not found good', async () => {
  await assertUnknown(needed, async () => ({ status: 503 }));
  await assertUnknown(needed, async () => ({ status: 429 }));
  await assertFails(needed, /was answered 404/, async () => ({ status: 404 }));
});

type Shown = {
  readonly type: string;
  readonly callSid: string;
  readonly customParameters: { readonly token?: string };
};

/** A product that looks at signatures, and at tokens as `answer` says; `nth` counts those that were shown the right one. */
function admitting(answer: (shown: Shown, nth: number) => string | number): Reach['knock'] {
  let nth = 0;
  return async (handshake): Promise<Knocked> => {
    const isTrue = handshake.headers?.['x-twilio-signature'] === signedTruly(handshake).headers?.['x-twilio-signature'];
    if (!isTrue) return { status: 403 };
    let said: string | number = 1006;
    const send = (text: string) => {
      const shown = JSON.parse(text) as Shown;
      if (shown.type === 'setup') said = answer(shown, isRight(shown) ? (nth += 1) : 0);
    };
    return { status: 101, visit: { send, next: async () => said, leave: () => {} } };
  };
}

/** The mac is not looked at here: whoever shows anything of the right form shows the right one, the first forged one too. */
const isRight = ({ customParameters: { token } }: Shown): boolean => token !== undefined;

test('a product that lets any token in, again and again, or none at all, is found', async () => {
  await assertFails(
    needed,
    /with a forged token.*of another turn.*of another call.*that was used before/s,
    admitting(({ customParameters: { token } }) => (token ? 'hello' : 1008)),
  );
  await assertFails(
    needed,
    /a socket without a token was let in \(relay\)/,
    admitting(() => 'hello'),
  );
});

test('a product that takes the right token twice is found', async () => {
  // Forged, of another turn, of another call; then the right one, and the right one again.
  const { status, why } = await verdictOf(
    needed,
    admitting((_shown, nth) => (nth >= 4 ? 'hello' : 1008)),
  );
  assert.equal(status, 'failing');
  assert.match(why, /^a socket with a token that was used before was let in \(relay\)/);
});

test('a product that takes no token at all, or ends its sockets for another reason, proves nothing', async () => {
  await assertUnknown(
    needed,
    admitting(() => 1008),
  );
  await assertUnknown(
    needed,
    admitting(() => 1001),
  );
});

/** What a claim finds in a world with more rows than ours. */
function withRows({ probe }: Claim & { kind: 'proven' }, plant: (means: Means, reach: Reach) => Promise<unknown>) {
  return rolledBack(ground.means.prove, async (tx) => {
    const reach = reachOf(ground.means, tx);
    await plant(ground.means, reach);
    const { faults } = await probe(reach);
    return faults.map(({ what }) => what);
  });
}

test('a token that was used after its time is found in the books, one that was used in time is not', async () => {
  for (const [usedMs, found] of [
    [59_999, []],
    [60_001, ['a token was used after it had expired']],
  ] as const) {
    const faults = await withRows(tokens, async (_means, { look, ...reach }) => {
      const at = reach.clock.now();
      const call = await plantCall(look, reach, { state: 'live', startedAt: at });
      await look.run(sql`
        insert into app.stream_tokens (organisation_id, call_id, turn, expires_at, used_at)
        values (${canary}, ${call}, 1, ${iso(at + 60_000)}, ${iso(at + usedMs)})`);
    });
    assert.deepEqual(faults, found);
  }
});

/** A visitor whose interruption arrives as something else. */
function interrupting(change: (words: string) => string | undefined): Reach['knock'] {
  return async (handshake) => {
    const { status, visit } = await ground.means.knock(handshake);
    if (!visit) return { status };
    const send = (text: string) => {
      const found = /^\{"type":"interrupt","utteranceUntilInterrupt":"(.*)"\}$/.exec(text)?.[1];
      if (found === undefined) return visit.send(text);
      const words = change(found);
      if (words !== undefined) visit.send(JSON.stringify({ type: 'interrupt', utteranceUntilInterrupt: words }));
    };
    return { status, visit: { ...visit, send } };
  };
}

test('an interrupted greeting proves that what was heard is written down apart', async () => {
  const { status, why, checked } = await verdictOf(apart);
  assert.equal(status, 'proven', why);
  assert.ok(checked > 1);
});

test('a product that does not write down how far it was heard, or more or less than that, is found', async () => {
  await assertFails(
    apart,
    /how far an interrupted sentence was heard is not written down/,
    interrupting(() => undefined),
  );
  await assertFails(
    apart,
    /heard to another length/,
    interrupting((words) => `${words} is rung`),
  );
  await assertFails(
    apart,
    /heard to another length/,
    interrupting((words) => words.slice(0, 3)),
  );
});

test('a product that forgets what it meant, or that it spoke, is found', async (t) => {
  const broken = await openProvingGround();
  t.after(() => broken.close());
  const admin = new pg.Client(broken.database.admin());
  await admin.connect();
  const fails = async (why: RegExp) => {
    const [verdict] = await proveAll(broken.means, { which: [apart] });
    assert.equal(verdict?.status, 'failing', verdict?.why ?? '');
    assert.match(verdict.why, why);
  };
  await admin.query(`
    create function app.forget() returns trigger language plpgsql as 'begin new.meant := new.heard; return new; end';
    create trigger forget before update on app.call_entries for each row execute function app.forget()`);
  await fails(/heard to another length/);
  await admin.query(`
    create function app.skip() returns trigger language plpgsql as 'begin return null; end';
    create trigger skip before insert on app.call_entries for each row when (new.kind = 'speech') execute function app.skip()`);
  await fails(/a greeting that was spoken is not written down/);
  await admin.end();
});

test('a transcript in which more was heard than meant, or nothing was meant, is found', async () => {
  const planted = (meantBytes: number, heardBytes: number) =>
    withRows(heard, async (_means, { look, ...reach }) => {
      const at = reach.clock.now();
      const call = await plantCall(look, reach, { state: 'live', startedAt: at });
      const entry = { seq: 0, at, speaker: 'agent', kind: 'speech', meantBytes, heardBytes } as const;
      await plantEntry(look, reach, call, entry);
      if (meantBytes === 0) await look.run(sql`update app.call_entries set meant = null where call_id = ${call}`);
    });
  assert.deepEqual(await planted(20, 20), []);
  assert.deepEqual(await planted(20, 0), []);
  assert.deepEqual(await planted(20, 21), ['more is written down as heard than was meant']);
  assert.deepEqual(await planted(0, 5), ['words of the assistant are not written down as meant']);
});
