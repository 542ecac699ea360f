import { connect } from 'node:net';
import { jsonLog, readConfig, systemClock, systemRandom, watchSockets } from '#base';
import { carriers } from '#adapters/carriers';
import { forkedBy, runLine, type Carry } from '#media';

/**
 * A line whose calls have no model: the caller hears what they say. Everything that is not audio becomes a happening,
 * so that a test sees what its desk is told. Started by `openLines` in place of the real one. Given a port of this
 * machine, it connects there behind everybody's back.
 */
const echo: Carry = ({ peer, dialect, streamId, tell }) => {
  const how: { closed: 'dropped' | 'stopped' | 'asked' } = { closed: 'dropped' };
  tell({ type: 'opened' });
  return {
    frame(message) {
      const event = dialect.read(message);
      if (event.type === 'audio') peer.send(dialect.audio(streamId, event.payload));
      if (event.type === 'mark') tell({ type: 'heard', text: event.name });
      if (event.type === 'digit') tell({ type: 'keyed', digits: event.digit.reveal() });
      if (event.type === 'stop') how.closed = 'stopped';
    },
    closed: () => tell({ type: 'closed', how: how.closed }),
    order(order) {
      if (order.do === 'prompt') tell({ type: 'spoke', text: order.instruction });
      if (order.do === 'close') {
        how.closed = 'asked';
        peer.close(1000);
      }
    },
  };
};

const config = readConfig(process.env);
const all = await carriers();
const log = jsonLog(
  (line) => process.stderr.write(line),
  () => systemClock.now(),
);
const sockets = watchSockets({ isEgress: () => false });
const [stray] = process.argv.slice(2);
if (stray) connect(Number(stray), '127.0.0.1').on('error', () => {});
await runLine(
  { config, clock: systemClock, random: systemRandom, log },
  {
    parent: forkedBy(),
    dialect: (carrier) => all.find(({ id }) => id === carrier)?.item.stream,
    carry: echo,
    sockets,
    ledger: () => [],
    allow: () => {},
  },
);
