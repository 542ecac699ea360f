import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problem } from '#base';
import { edge } from '../../test/edge.ts';
import { socket, type Wire } from './socket.ts';

/** Echoes; refuses whoever does not bring the right word, and closes on `bye`. */
const door = socket({
  path: '/doors/:name',
  async open({ headers }) {
    if (headers['x-word'] !== 'please') throw problem('signature-invalid', 'Say please.');
    let own: Wire | undefined;
    return {
      opened: (wire) => void (own = wire),
      async text(data) {
        if (data === 'bye') own?.close(1008, 'bye');
        else own?.send(data);
      },
      closed: () => {},
    };
  },
});
const headers = { 'x-word': 'please' };

test('a handshake that does not travel is decided as any other, and the socket is as any other', async (t) => {
  const { server } = await edge(t, { sockets: [door] });
  const { status, visit } = await server.knock({ path: '/doors/front', headers });
  assert.equal(status, 101);
  assert.ok(visit);
  assert.equal(server.openSockets(), 1);
  visit.send('one');
  visit.send('two');
  assert.deepEqual([await visit.next(), await visit.next()], ['one', 'two']);
  visit.send('bye');
  assert.equal(await visit.next(), 1008);
});

test('who is refused gets the status of the answer and no socket', async (t) => {
  const { server } = await edge(t, { sockets: [door] });
  assert.deepEqual(await server.knock({ path: '/doors/front' }), { status: 403 });
  assert.deepEqual(await server.knock({ path: '/doors/a/b', headers }), { status: 404 });
  assert.equal(server.openSockets(), 0);
});

test('a visitor that leaves leaves nothing behind', async (t) => {
  const { server } = await edge(t, { sockets: [door] });
  const { visit } = await server.knock({ path: '/doors/front', headers });
  assert.ok(visit);
  visit.leave();
  assert.equal(await visit.next(), 1000);
  await server.close();
  assert.equal(server.openSockets(), 0);
});
