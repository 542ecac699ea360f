import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseMistakes } from './case.ts';
import { cases } from './cases.ts';
import { crawlMistakes, rawMistakes } from './crawl.ts';
import { plantedFuzz } from './fuzz-planted.ts';
import { fuzzMistakes } from './fuzz.ts';
import { plantedHeaders } from './headers-planted.ts';
import { idlePermissions, latticeMistakes } from './lattice.ts';
import { unseenWords } from './leaks.ts';
import { plantedMatrix } from './matrix-planted.ts';
import { matrixMistakes } from './matrix.ts';
import { socketCases, socketMistakes } from './sockets.ts';
import { openStage } from './stage.ts';

/** Every route there is, in every way there is to ask: longer than one test may usually take, and so are parts of it. */
const longest = { timeout: 600_000 };

test('the edge holds: who may do what, what goes in, and what comes out', longest, async (t) => {
  const stage = await openStage(t);
  const { server, routes, sockets } = stage.world.app;
  const target = { server, routes, cases };
  // Begun first: one of its answers comes after ten seconds.
  const raw = rawMistakes(stage.world.port);
  await t.test('every route of the product has a case, and every id in it is tried', () => {
    assert.deepEqual(caseMistakes(cases, routes), []);
  });
  await t.test('every route, as everybody, for what is own, foreign, missing and beyond reach', longest, async () => {
    assert.deepEqual(await matrixMistakes(stage, target), []);
    assert.deepEqual(unseenWords(stage), []);
  });
  await t.test('every socket, for what is ours, theirs and missing', async () => {
    assert.deepEqual(await socketMistakes(stage, { server, port: stage.world.port, sockets, cases: socketCases }), []);
  });
  await t.test('every route with every single scope of a key', longest, async () => {
    assert.deepEqual(await latticeMistakes(stage, target), []);
  });
  await t.test('every route bears exactly its headers and cookies, whatever its status', longest, async () => {
    const seen = new Map<number, number>();
    assert.deepEqual(await crawlMistakes(stage, target, seen), []);
    const due = [
      200, 201, 202, 204, 400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 428, 429, 500, 502, 503, 507,
    ];
    assert.deepEqual(
      due.filter((status) => !seen.has(status)),
      [],
    );
  });
  await t.test('no input is a fault of ours, is taken though it is forbidden, or is told again', longest, async () => {
    assert.deepEqual(await fuzzMistakes(stage, target), []);
  });
  await t.test('the fuzzer notices every fault that is planted', (sub) => plantedFuzz(sub, stage));
  await t.test('the crawler notices every fault that is planted', (sub) => plantedHeaders(sub, stage));
  await t.test('the matrix and the lattice notice every fault that is planted', (sub) => plantedMatrix(sub, stage));
  await t.test('what never becomes a request is answered with the same headers', async () => {
    assert.deepEqual(await raw, []);
  });
  await t.test('every permission guards a route', () => {
    assert.deepEqual(idlePermissions(target), []);
  });
});
