import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseMistakes } from './case.ts';
import { cases } from './cases.ts';
import { idlePermissions, latticeMistakes } from './lattice.ts';
import { unseenWords } from './leaks.ts';
import { plantedMatrix } from './matrix-planted.ts';
import { matrixMistakes } from './matrix.ts';
import { socketCases, socketMistakes } from './sockets.ts';
import { openStage } from './stage.ts';

test('the edge holds: who may do what, what goes in, and what comes out', async (t) => {
  const stage = await openStage(t);
  const { server, routes, sockets } = stage.world.app;
  const target = { server, routes, cases };
  await t.test('every route of the product has a case, and every id in it is tried', () => {
    assert.deepEqual(caseMistakes(cases, routes), []);
  });
  await t.test('every route, as everybody, for what is own, foreign, missing and beyond reach', async () => {
    assert.deepEqual(await matrixMistakes(stage, target), []);
    assert.deepEqual(unseenWords(stage), []);
  });
  await t.test('every socket, for what is ours, theirs and missing', async () => {
    assert.deepEqual(await socketMistakes(stage, { port: stage.world.port, sockets, cases: socketCases }), []);
  });
  await t.test('every route with every single scope of a key', async () => {
    assert.deepEqual(await latticeMistakes(stage, target), []);
  });
  await t.test('the matrix and the lattice notice every fault that is planted', (sub) => plantedMatrix(sub, stage));
  await t.test('every permission guards a route', () => {
    assert.deepEqual(idlePermissions(target), []);
  });
});
