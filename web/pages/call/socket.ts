import { api } from '../../api/client.ts';
import { problemOf } from '../../api/problem.ts';
import type { Told, ToProduct } from './protocol.ts';

/** The socket of one call. */
export type CallSocket = {
  send(message: ToProduct): void;
  close(): void;
};

type Listener = {
  readonly told: (told: Told) => void;
  /** The socket is gone: `done` when all was said, `lost` for no reason that it tells, else the code of a problem. */
  readonly gone: (why: string) => void;
};

/** Opens it and begins the call. The browser sends the session's cookie and says which page asks. */
export function openCallSocket(begin: ToProduct, { told, gone }: Listener): CallSocket {
  const socket = new WebSocket(new URL('/api/v1/call', location.href.replace(/^http/, 'ws')));
  let isDone = false;
  let isOpen = false;
  socket.onopen = () => {
    isOpen = true;
    socket.send(JSON.stringify(begin));
  };
  socket.onmessage = ({ data }) => told(JSON.parse(String(data)) as Told);
  socket.onclose = ({ code, reason }) => {
    if (isDone) return;
    isDone = true;
    if (code === 1000) gone('done');
    else if (isOpen) gone(code === 1008 && reason !== '' ? reason : 'lost');
    else void whyRefused().then(gone);
  };
  return {
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    close() {
      isDone = true;
      socket.close(1000);
    },
  };
}

/** A browser does not tell why a socket was refused; the same question as a request is answered in words. */
async function whyRefused(): Promise<string> {
  try {
    await api('GET /api/v1/call');
    return 'lost';
  } catch (error) {
    const { code, status } = problemOf(error);
    return status === 0 ? 'lost' : code;
  }
}
