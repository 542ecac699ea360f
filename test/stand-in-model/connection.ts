import type { WebSocket } from 'ws';
import { pause, type Clock } from '#base';
import type { Refusal } from './client-events.ts';
import type { Deed, Faults, Moment } from './faults.ts';

/** The server's end of one session's socket. */
export type Connection = {
  readonly name: (kind: string) => string;
  /** Sends an event; nothing once the session hangs or the socket is gone. */
  emit(type: string, members?: object): void;
  /** The same for text that was built elsewhere. */
  emitText(text: string): void;
  refuse(refusal: Refusal): void;
  isOver(): boolean;
  /**
   * The moment has come: what is planned to go wrong goes wrong. Resolves with what the caller has to see to, or with
   * `over` when nothing more can be sent.
   */
  moment(at: Moment): Promise<Deed | 'over' | undefined>;
};

/** `prefix` makes the names of one session different from those of every other. */
export function connectionOf(socket: WebSocket, prefix: string, faults: Faults, clock: Clock): Connection {
  let count = 0;
  let isHanging = false;
  const isOver = () => isHanging || socket.readyState !== socket.OPEN;
  const name = (kind: string) => {
    count += 1;
    return `${kind}_${prefix}${count}`;
  };
  const emitText = (text: string) => {
    if (!isOver()) socket.send(text);
  };
  const emit = (type: string, members: object = {}) =>
    emitText(JSON.stringify({ type, event_id: name('event'), ...members }));

  async function happen(deed: Deed): Promise<Deed | 'over' | undefined> {
    switch (deed.do) {
      case 'hang':
        isHanging = true;
        return 'over';
      case 'drop':
        socket.terminate();
        return 'over';
      case 'close':
        socket.close(deed.code);
        return 'over';
      case 'garbage':
        for (const message of deed.messages) emitText(message);
        return undefined;
      case 'error':
        emit('error', { error: errorOf(deed) });
        return deed;
      case 'wait':
        await pause(clock, deed.ms);
        return isOver() ? 'over' : undefined;
      default:
        return deed;
    }
  }

  return {
    name,
    emit,
    emitText,
    refuse: (error) => emit('error', { error }),
    isOver,
    async moment(at) {
      if (isOver()) return 'over';
      const deed = faults.take(at);
      return deed && happen(deed);
    },
  };
}

function errorOf({ code, type = 'invalid_request_error', about }: Deed & { do: 'error' }): Refusal {
  return { type, code, message: 'Planned.', param: null, event_id: about ?? null };
}
