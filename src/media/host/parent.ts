import { Socket } from 'node:net';
import { problem } from '#base';
import type { Arrival } from '../desk.ts';
import { isObject, isText } from './messages.ts';
import type { Place } from './place.ts';

/** What a line tells the process that started it, by the channel between the two alone. */
export type Ready = { readonly parentWord: string; readonly place: Place };

/** The process that started this one. */
export type LineParent = {
  listen(listener: ParentListener): void;
  ready(ready: Ready): void;
  /** Nothing is expected of it any more. */
  letGo(): void;
};

export type ParentListener = {
  /** A socket was handed over. */
  arrived(arrival: Arrival, socket: Socket): void;
  /** It has died, or let us go. */
  gone(): void;
  /** Somebody asks this process to end, and there is no parent that would decide. */
  stop(): void;
};

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * The process that forked this one, as the line sees it. While it lives it decides when the line ends: a signal that
 * reaches both, such as a terminal's Ctrl-C, must not cut calls. Throws `usage` when nobody forked us.
 */
export function forkedBy(): LineParent {
  if (!process.send) {
    throw problem('usage', 'The line is started by serve, which hands it the sockets of calls; it cannot run by hand.');
  }
  // Whoever read our log may be gone before our last call is.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const state = { isGone: false };
  return {
    listen(listener) {
      const gone = () => {
        if (!state.isGone) listener.gone();
        state.isGone = true;
      };
      process.on('message', (message: unknown, handle: unknown) => {
        if (!(handle instanceof Socket)) return;
        if (isArrival(message)) listener.arrived(message, handle);
        else handle.destroy();
      });
      process.on('disconnect', gone);
      for (const signal of signals) {
        process.on(signal, () => {
          if (!process.connected) listener.stop();
        });
      }
      // It may have died while we started.
      if (!process.connected) gone();
    },
    ready: (ready) => void process.send?.(ready, undefined, undefined, () => {}),
    letGo() {
      state.isGone = true;
      if (process.connected) process.disconnect?.();
    },
  };
}

export function isReady(message: unknown): message is Ready {
  if (!isObject(message) || !isText(message['parentWord']) || !isObject(message['place'])) return false;
  const { file, notice } = message['place'];
  return isText(file) && isObject(notice) && [notice['socket'], notice['heirWord'], notice['lineWord']].every(isText);
}

function isArrival(message: unknown): message is Arrival {
  if (!isObject(message)) return false;
  const { carrier, organisation, account, key } = message;
  return [carrier, organisation, account, key].every(isText);
}
