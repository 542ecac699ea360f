import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isProblem, Personal } from '#base';
import { openHouse, sender, type House } from '../../../test/house.ts';
import { askerBySession } from './asker.ts';
import { openPasswords } from './password-hash.ts';
import { setPassword } from './password.ts';
import { chooseOrganisation, renewFresh } from './sessions.ts';
import { beginSession } from './sign-in.ts';

let house: House;
before(async () => {
  house = await openHouse();
});
after(() => house.close());

const from = sender();
let guests = 0;

/** A session, and somebody else who has got its token and has a request under way that was let in with it. */
async function taken() {
  const resident = await house.resident(`taken-${(guests += 1)}@example.com`);
  const state = await beginSession(house.ctx, { identity: resident.identity, by: 'link', from });
  assert.ok(state.state === 'signed-in');
  const asker = await askerBySession(house.ctx, state.token, from);
  assert.ok(asker?.signedIn);
  return { ...resident, underWay: asker.signedIn };
}

const over = (error: unknown) => isProblem(error, 'sign-in-needed');

test('a request that was let in with the old token gets no hold of a session that has become fresh meanwhile', async () => {
  const { underWay, organisation } = await taken();
  const { token } = await renewFresh(house.ctx, underWay.session);
  await assert.rejects(chooseOrganisation(house.ctx, { ...underWay, organisation }), over);
  const owner = await askerBySession(house.ctx, token, from);
  assert.equal(owner?.signedIn?.session, underWay.session);
});

test('nor does it sign its owner out by a password, or keep the session once they have set one', async () => {
  const { underWay, organisation } = await taken();
  const means = {
    passwords: openPasswords(house.ctx, { parameters: { memory: 64, passes: 1, parallelism: 1 } }),
    rules: () => undefined,
  };
  const change = { signedIn: underWay, current: undefined, password: new Personal('seven grey herons'), from };
  const { token } = await setPassword(house.ctx, means, change);
  await assert.rejects(chooseOrganisation(house.ctx, { ...underWay, organisation }), over);
  await assert.rejects(setPassword(house.ctx, means, change), over);
  assert.ok(await askerBySession(house.ctx, token, from));
});
