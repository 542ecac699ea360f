import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isProblem, type Id } from '#base';
import { openOffice, type Office } from '../../../test/office.ts';
import { makeBusiness } from '../../../test/rows.ts';
import { contactLink, missingIn, organisationAt, profileOf, setProfile, type Profile } from './index.ts';

let office: Office;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

const set = (organisation: Id, change: Partial<Profile>) =>
  office.db.tenant(organisation, (tx) => setProfile(office.ctx, tx, { organisation, change }));
const read = (organisation: Id) => office.db.tenant(organisation, (tx) => profileOf(tx, organisation));
const own = async () => (await makeBusiness(office.db)).organisation;
const whole = {
  legalName: 'Harbour Dental LLC',
  privacyContact: 'privacy@harbour.example',
  supportContact: 'https://harbour.example/help',
  securityContact: 'security@harbour.example',
} satisfies Partial<Profile>;

test('whoever has said nothing is not published, and is told all that is missing', async () => {
  const profile = await read(await own());
  assert.deepEqual([profile.version, profile.acknowledgement, profile.noticeDays], [0, 'hours-48', 30]);
  const four = ['legalName', 'privacyContact', 'supportContact', 'securityContact'];
  assert.deepEqual(missingIn(profile, 'instance'), four);
  assert.deepEqual(missingIn(profile, 'organisation'), [...four, 'slug']);
});

test('every change is a version and an audit entry; the same again is neither', async () => {
  const { organisation } = office.business;
  await set(organisation, whole);
  await set(organisation, whole);
  const second = await set(organisation, { slug: 'harbour', noticeDays: 10 });
  assert.deepEqual([second.version, second.legalName, missingIn(second, 'organisation')], [2, whole.legalName, []]);
  assert.deepEqual(await read(organisation), second);
  assert.deepEqual(await office.audited(), ['trust-profile.changed', 'trust-profile.changed']);
});

test('what cannot be published is refused, each with its place', async () => {
  const organisation = await own();
  const wrong = {
    legalName: 'Two\nlines',
    address: ' ',
    privacyContact: 'nobody',
    supportContact: 'javascript:alert(1)',
    securityContact: 'http://harbour.example/',
    slug: 'Harbour--1',
    timeZone: 'Mars/Olympus',
  };
  await assert.rejects(set(organisation, wrong), (error) => {
    assert.ok(isProblem(error, 'input-invalid'));
    const places = error.mistakes?.map(({ at }) => at.slice(1)) ?? [];
    assert.deepEqual(places.toSorted(), Object.keys(wrong).toSorted());
    return true;
  });
  assert.equal((await read(organisation)).version, 0);
});

test('an address belongs to one organisation, whoever comes at once', async () => {
  const [one, other] = [await own(), await own()];
  const claims = await Promise.allSettled([set(one, { slug: 'corner' }), set(other, { slug: 'corner' })]);
  assert.equal(claims.filter(({ status }) => status === 'fulfilled').length, 1);
  const owner = claims[0].status === 'fulfilled' ? one : other;
  assert.equal(await office.db.open((tx) => organisationAt(tx, 'corner')), owner);
  await set(owner, { slug: null });
  assert.equal(await office.db.open((tx) => organisationAt(tx, 'corner')), undefined);
});

test('a contact is linked as what it is', () => {
  assert.equal(contactLink('a@b.example'), 'mailto:a@b.example');
  assert.equal(contactLink('https://b.example/x'), 'https://b.example/x');
});
