import { Socket } from 'node:net';
import { acceptPeer, systemClock, type Peer } from '#base';

/**
 * A process that is handed sockets by the one that forked it, answers their handshakes and echoes what they say. It
 * ends when that one is gone and the last socket has ended.
 */
process.on('message', (message, socket) => {
  if (!(socket instanceof Socket)) throw new TypeError('a socket was due');
  const { key } = message as { key: string };
  const onError = (error: unknown) => {
    throw error;
  };
  const peer: Peer = acceptPeer(
    socket,
    { key, onError },
    { text: (text) => peer.send(text.toString()), closed: () => {} },
    { clock: systemClock },
  );
});
