import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { identityRoutes } from '#safeguards/identity';
import { teamRoutes } from './routes.ts';
import { teamFor, type Asker, type Team } from '../../../test/team.ts';

/** An organisation that invites. */
async function opened(t: Parameters<typeof teamFor>[0]) {
  const team = await teamFor(t, (ctx) => [...identityRoutes(ctx), ...teamRoutes(ctx)]);
  const owner = await team.member('owner');
  const invited = async (email: string) => {
    await team.ask(owner.as, 'POST', '/api/v1/invitations', { email, name: 'A Guest', role: 'viewer' });
    const notices = (await team.post(owner.organisation)).map(({ notice }) => notice);
    const last = notices.findLast((notice) => notice.kind === 'invitation');
    return last!.url.slice(last!.url.indexOf('#'));
  };
  return { team, owner, invited };
}

/** As much of a browser as the script of the page touches. */
async function press(team: Team, hash: string, as: Asker = {}) {
  const html = (await team.page('/invitation')).body;
  const pressed: ((event: object) => Promise<void>)[] = [];
  const words = { textContent: '' };
  const location = { hash, pathname: '/invitation', went: '', replace: (to: string) => void (location.went = to) };
  const form = {
    dataset: { path: /data-path="([^"]+)"/.exec(html)![1]! },
    addEventListener: (_: string, work: (event: object) => Promise<void>) => pressed.push(work),
  };
  const jar = { ...as };
  const world = {
    location,
    history: { replaceState: () => void (location.hash = '') },
    document: { querySelector: (name: string) => ({ form, '#words': words })[name] },
    async fetch(path: string, { method, body }: { method: string; body: string }) {
      const { status, json, cookie } = await team.ask(jar, method, path, JSON.parse(body));
      if (cookie) jar['cookie'] = cookie;
      return { ok: status < 300, status, json: async () => json };
    },
  };
  runInContext(/<script>([\s\S]*)<\/script>/.exec(html)![1]!, createContext(world));
  assert.equal(location.hash, '', 'the token stands in no history');
  await pressed[0]!({ preventDefault: () => {} });
  return { went: location.went, words: words.textContent, as: jar };
}

test('whoever is new here follows an invitation, presses its button, and is in', async (t) => {
  const { team, owner, invited } = await opened(t);
  const { went, words, as } = await press(team, await invited('new@example.com'));
  assert.deepEqual([went, words], ['/', '']);
  const { json } = await team.ask(as, 'GET', '/api/v1/session');
  assert.deepEqual([json['organisation'], json['email']], [owner.organisation, 'new@example.com']);
});

test('whoever is signed in accepts as such, and goes on in the organisation that invited', async (t) => {
  const { team, owner, invited } = await opened(t);
  const other = await team.member('owner');
  const { went, as } = await press(team, await invited(other.email), other.as);
  assert.equal(went, '/');
  assert.equal((await team.ask(as, 'GET', '/api/v1/session')).json['organisation'], owner.organisation);
});

test('whoever is known but not signed in is told to sign in first, and the invitation still holds', async (t) => {
  const { team, invited } = await opened(t);
  const other = await team.member('owner');
  const hash = await invited(other.email);
  const refused = await press(team, hash);
  assert.deepEqual(
    [refused.went, refused.words],
    ['', 'You are known here: sign in first, then open the invitation again.'],
  );
  assert.equal((await press(team, hash, other.as)).went, '/');
});
