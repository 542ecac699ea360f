import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Personal } from '#base';
import { addPerson, makeOrganisation } from '#safeguards/accounts';
import { openHouse, sender } from '../../../test/house.ts';
import { askLink } from './links.ts';
import { signInByLink } from './link-sign-in.ts';
import { me } from './session-list.ts';
import { openPasswords } from './password-hash.ts';
import { askerBySession } from './asker.ts';
import { askSignUp } from './sign-up.ts';

/** The Kelvin sign and a ligature: compared, they are the letters `k` and `fi`; another mailbox may be behind them. */
const odd = '\u212Aate.\uFB01n@example.com';
const plain = 'Kate.fin@example.com';
const firm = { kind: 'customer', name: 'Firm', timeZone: 'Etc/UTC', language: 'en', region: 'US' } as const;

test('a link goes to the address that a set-up has named, never to one that only compares like it', async (t) => {
  const house = await openHouse();
  t.after(() => house.close());
  const organisation = await makeOrganisation(house.ctx, firm);
  await house.db.tenant(organisation, (tx) =>
    addPerson(house.ctx, tx, { organisation, role: 'owner', name: new Personal('Kate'), email: new Personal(plain) }),
  );
  await askLink(house.ctx, { kind: 'sign-in', asked: { email: odd }, from: sender() });
  const state = await signInByLink(house.ctx, { token: await house.linkFor(plain), from: sender() });
  assert.ok(state.state === 'signed-in');
  const asker = await askerBySession(house.ctx, state.token, sender());
  assert.ok(asker?.signedIn);
  assert.equal((await me(house.ctx, asker.signedIn)).email.reveal(), plain);
});

test('a sign-up is mailed to the address that is compared, whatever was typed for it', async (t) => {
  const house = await openHouse();
  t.after(() => house.close());
  const given = { email: new Personal(odd), name: new Personal('Kate'), password: undefined, from: sender() };
  await askSignUp(house.ctx, openPasswords(house.ctx), { ...given, organisation: firm });
  assert.ok(await house.linkFor(plain));
});
