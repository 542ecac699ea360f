import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { readConfig, systemClock, systemRandom } from '#base';
import { openServer, socket } from '#edge';

/**
 * A process that takes WebSocket handshakes and hands the connections to a process of its own. It tells its parent
 * where it listens and who that process is; told `close`, it closes its server and says so.
 */
const line = fork(fileURLToPath(import.meta.resolve('./socket-line.ts')));
const echo = socket({
  path: '/echo',
  open: async () => ({
    handOver(stream, key) {
      line.send({ key }, stream);
    },
  }),
});
const { SOTTO_TLS_CERT, SOTTO_TLS_KEY } = process.env;
const config = readConfig({ SOTTO_PORT: '0', SOTTO_TLS_CERT, SOTTO_TLS_KEY });
const ctx = { config, clock: systemClock, random: systemRandom, log: () => {} };
const server = await openServer(ctx, {
  routes: [],
  sockets: [echo],
  identify: async () => undefined,
  admit: async () => ({ ok: true, left: 1 }),
});
const { port } = await server.listen();

process.on('message', () => {
  void server.close().then(() => process.send?.({ closed: true }));
});
process.send?.({ port, linePid: line.pid });
