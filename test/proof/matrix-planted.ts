import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { Type } from 'typebox';
import { problem, sql, type Id } from '#base';
import { route, type Handshake, type Route, type Who, type Wire } from '#edge';
import { caseMistakes, type Case } from './case.ts';
import { idlePermissions, latticeMistakes } from './lattice.ts';
import { matrixMistakes } from './matrix.ts';
import { socketMistakes } from './sockets.ts';
import type { Stage } from './stage.ts';

const id = Type.String({ format: 'uuid' });
const output = {
  200: Type.Object({ items: Type.Optional(Type.Array(Type.Object({ id }))), said: Type.Optional(Type.String()) }),
};
const base = { say: 'A planted route.', limit: 'api', audits: null, output } as const;
const readsCalls = { may: { scope: 'calls:read' } } as const;

const one = { names: { id: ({ side }) => side.call() }, isShared: true, ok: 200 } satisfies Case;
const list = { shows: 'calls', ok: 200 } satisfies Case;

/** How a handler looks a call up that forgets what it is told to forget. */
function found(ctx: Stage['ctx'], organisation: Id, call: string) {
  return ctx.db.tenant(organisation, (tx) =>
    tx.maybe<{ id: Id }>(sql`select id from app.calls where organisation_id = ${organisation} and id = ${call}`),
  );
}

const ok = { status: 200 as const, json: {} };
const absent = () => problem('not-found', 'There is no such call.');

/** Faults, each with its case and what is to be noticed. */
function faults({ ctx, theirs, ours }: Stage): Record<string, { plant: Route; as: Case; noticed: RegExp }> {
  const byId = { ...base, ...readsCalls, method: 'GET', path: '/planted/:id', params: Type.Object({ id }) } as const;
  const known = (organisation: Id, call: string) => found(ctx, organisation, call);
  const listing = (run: (who: Who) => Promise<{ readonly id: Id }[]>) =>
    route({
      ...base,
      ...readsCalls,
      method: 'GET',
      path: '/planted',
      run: async ({ who }) => ({ status: 200 as const, json: { items: await run(who) } }),
    });
  const callsOf = (organisation: Id) =>
    ctx.db.tenant(organisation, (tx) =>
      tx.rows<{ id: Id }>(sql`select id from app.calls where organisation_id = ${organisation}`),
    );
  return {
    'a foreign row is shown': {
      plant: route({
        ...byId,
        async run({ who, params }) {
          const row = (await known(who.organisation, params.id)) ?? (await known(theirs.organisation, params.id));
          if (!row) throw absent();
          return ok;
        },
      }),
      as: one,
      noticed: /a foreign id is told from a missing one/,
    },
    'a foreign row is refused in other words than a missing one': {
      plant: route({
        ...byId,
        async run({ who, params }) {
          if (await known(who.organisation, params.id)) return ok;
          const isTheirs = (await known(theirs.organisation, params.id)) !== undefined;
          throw isTheirs ? problem('not-found', 'That call is not yours.') : absent();
        },
      }),
      as: one,
      noticed: /a foreign id is told from a missing one/,
    },
    'a foreign row costs one statement more than a missing one': {
      plant: route({
        ...byId,
        async run({ who, params }) {
          if (await known(who.organisation, params.id)) return ok;
          if (await known(theirs.organisation, params.id)) await known(theirs.organisation, params.id);
          throw absent();
        },
      }),
      as: one,
      noticed: /told from a missing one: \d+ statements and \d+/,
    },
    'an answer holds an id of the other organisation': {
      plant: route({
        ...base,
        ...readsCalls,
        method: 'GET',
        path: '/planted',
        run: async () => ({ status: 200 as const, json: { said: theirs.agent } }),
      }),
      as: { ok: 200 },
      noticed: /of the other organisation/,
    },
    'words are shown to who lacks the permission': {
      plant: route({
        ...base,
        ...readsCalls,
        method: 'GET',
        path: '/planted',
        run: async () => ({ status: 200 as const, json: { said: ours.words[0]?.text ?? '' } }),
      }),
      as: { ok: 200 },
      noticed: /as viewer shows words that need transcripts:read/,
    },
    'the permission is not asked for': {
      plant: route({ ...byId, may: { session: 'any' }, run: async () => ok }),
      as: { ...one, ok: 200 },
      noticed: /is 200 .* for a missing id/,
    },
    'a list holds what is beyond the reach of an agent': {
      plant: listing(({ organisation }) => callsOf(organisation)),
      as: list,
      noticed: /shows agent what is beyond their reach/,
    },
    'a list forgets some': {
      plant: listing(async () => []),
      as: list,
      noticed: /does not show owner all that is theirs/,
    },
    'an id in the body is looked up in all organisations': {
      plant: route({
        ...base,
        ...readsCalls,
        method: 'POST',
        path: '/planted',
        body: Type.Object({ id }),
        async run({ who, body }) {
          for (const organisation of [who.organisation, theirs.organisation])
            if (await known(organisation, body.id)) return ok;
          throw absent();
        },
      }),
      as: { ...one, body: ({ id: given }) => ({ id: given }) },
      noticed: /a foreign id is told from a missing one/,
    },
    'a repeated request acts again': {
      plant: route({
        ...base,
        ...readsCalls,
        method: 'POST',
        path: '/planted',
        idempotent: true,
        run: async ({ id: request }) => ({ status: 200 as const, json: { said: request } }),
      }),
      as: { ok: 200 },
      noticed: /when it is repeated, and not/,
    },
    'a repetition is answered to somebody else': {
      plant: route({
        ...base,
        ...readsCalls,
        method: 'POST',
        path: '/planted',
        idempotent: true,
        run: async () => ({ status: 200 as const, json: { said: 'made for the owner' } }),
      }),
      as: { ok: 200 },
      noticed: /as admin is given what owner was answered/,
    },
    'a handler breaks': {
      plant: route({
        ...byId,
        run: async () => {
          throw new Error('planted');
        },
      }),
      as: one,
      noticed: /is 500 internal/,
    },
  };
}

/** Each planted fault is noticed, and a good route beside it is not. */
export async function plantedMatrix(t: TestContext, stage: Stage): Promise<void> {
  for (const [say, { plant, as, noticed }] of Object.entries(faults(stage))) {
    await t.test(say, async () => {
      const server = await stage.serve([plant]);
      const cases = { [`${plant.method} ${plant.path}`]: as };
      const mistakes = await matrixMistakes(stage, { server, routes: [plant], cases });
      assert.match(mistakes.join('\n'), noticed);
    });
  }
  await t.test('a route that checks everything passes', async () => {
    const good = route({
      ...base,
      ...readsCalls,
      method: 'GET',
      path: '/planted/:id',
      params: Type.Object({ id }),
      async run({ who, params }) {
        if (await found(stage.ctx, who.organisation, params.id)) return ok;
        throw absent();
      },
    });
    const target = { server: await stage.serve([good]), routes: [good], cases: { 'GET /planted/:id': one } };
    assert.deepEqual(await matrixMistakes(stage, target), []);
  });
  await t.test('the lattice notices a route that is guarded by another permission than it says', async () => {
    const real = route({ ...base, method: 'GET', path: '/planted', may: { scope: 'keys:read' }, run: async () => ok });
    const target = { server: await stage.serve([real]), routes: [{ ...real, may: { scope: 'calls:read' } as const }] };
    const mistakes = await latticeMistakes(stage, { ...target, cases: { 'GET /planted': { ok: 200 } } });
    assert.match(mistakes.join('\n'), /as key keys:read is 200 .*, and not key-lacks-scope/);
    assert.match(mistakes.join('\n'), /as key calls:read is 403 key-lacks-scope/);
    assert.ok(idlePermissions(target).includes('leads:read'));
  });
  await t.test('a socket that tells foreign from missing is noticed, and one without a case', async () => {
    const path = '/planted/:organisation/:account';
    const open = ({ params }: Pick<Handshake, 'params'>) =>
      Promise.reject(
        params['organisation'] === stage.theirs.organisation ? problem('signature-invalid', 'Not yours.') : absent(),
      );
    const sockets = [{ path, open }];
    const server = await stage.serve([], sockets);
    const { port } = await server.listen();
    assert.match((await socketMistakes(stage, { server, port, sockets, cases: {} })).join(), /has no case/);
    const mistakes = await socketMistakes(stage, { server, port, sockets, cases: { [path]: { ok: 101 } } });
    assert.match(mistakes.join(), /theirs is told from missing/);
    assert.match(mistakes.join(), /unsigned as owner is not-found/);
  });
  await t.test('a socket that begins with anything is noticed', async () => {
    const path = '/planted/:organisation/:account';
    const open = async () => {
      const ends: Wire[] = [];
      return { opened: (wire: Wire) => void ends.push(wire), text: async () => ends[0]?.send('hi'), closed() {} };
    };
    const server = await stage.serve([], [{ path, open }]);
    const { port } = await server.listen();
    const cases = { [path]: { ok: 101, first: async () => '{"token":"a"}' } };
    const mistakes = await socketMistakes(stage, { server, port, sockets: [{ path, open }], cases });
    assert.match(mistakes.join(), /begins with what was given to another organisation: hi/);
    assert.match(mistakes.join(), /opens for an account that does not exist/);
  });
  await t.test('a route without a case is named with what to add, and an id that nobody says how to make', casesFail);
}

function casesFail(): void {
  const plant = route({
    ...base,
    ...readsCalls,
    method: 'GET',
    path: '/planted/:id',
    params: Type.Object({ id }),
    run: async () => ok,
  });
  assert.match(caseMistakes({}, [plant]).join(), /GET \/planted\/:id has no case. Add 'GET \/planted\/:id'/);
  assert.match(caseMistakes({ 'GET /planted/:id': { ok: 200 } }, [plant]).join(), /say how "id" is made/);
  assert.match(caseMistakes({ 'GET /gone': { ok: 200 } }, []).join(), /is a case, and no route/);
  const listing = route({ ...base, ...readsCalls, method: 'GET', path: '/planted', run: async () => ok });
  assert.match(caseMistakes({ 'GET /planted': { ok: 200 } }, [listing]).join(), /does not say what it shows/);
}
