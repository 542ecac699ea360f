import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/**
 * A line that greets its desk as it should and then says nothing that can be understood, on every link. Ends when it is
 * let go. Started by `openLines` in place of the real one.
 */
const folder = process.env['SOTTO_DATA_DIR'] ?? '.';
const notice = { socket: join(folder, `${process.pid}`), heirWord: 'heir', lineWord: 'line' };
const file = join(folder, `${process.pid}.json`);
writeFileSync(file, JSON.stringify(notice));
const server = createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', () => socket.write('{"word":"line","calls":[]}\nhello?\n'));
});
server.listen(notice.socket, () => process.send?.({ parentWord: 'parent', place: { file, notice } }));
process.on('disconnect', () => server.close());
