import { createServer, type Socket } from 'node:net';
import type { Ctx } from '#base';
import type { ToLine } from '../desk.ts';
import { isSameWord, protocol, readHello, type Refusal, type Welcome } from './greeting.ts';
import { jsonSocket, type JsonSocket, type SocketEnd } from './json-socket.ts';
import { readToLine } from './messages.ts';
import { clearPlace, settle, type Place } from './place.ts';

/** The line's end of the link: where the desk comes to. There is one desk at a time, or none. */
export type DeskEnd = {
  /** What the process that started the line must say; it is told by another way than the notice. */
  readonly parentWord: string;
  readonly place: Place;
  /** Sends one message. False when no desk is there. */
  send(json: string): boolean;
  /** Bytes that the desk has not taken yet. */
  backlog(): number;
  isThere(): boolean;
  /** The process that started us has died: whoever has read the notice may be the desk now. */
  orphan(): void;
  /** Lets what was sent leave, and takes the notice away. */
  close(): Promise<void>;
};

/** Called one after the other. */
export type DeskListener = {
  calls(): Welcome['calls'];
  met(): void;
  received(message: ToLine): void;
  /** Everything sent has left. */
  drained(): void;
  lost(how: SocketEnd): void;
};

const greetingMs = 5_000;
const mostGuests = 8;

type End = {
  readonly ctx: Pick<Ctx, 'clock'>;
  readonly listener: DeskListener;
  readonly parentWord: string;
  readonly guests: Set<Socket>;
  place: Place | undefined;
  desk: JsonSocket | undefined;
  isOrphan: boolean;
};

/** Waits for the desk at a private local socket. Throws what the file system throws when there is no place for one. */
export async function openDeskEnd(
  ctx: Pick<Ctx, 'config' | 'clock' | 'random'>,
  listener: DeskListener,
): Promise<DeskEnd> {
  const parentWord = ctx.random.bytes(32).toString('hex');
  const guests = new Set<Socket>();
  const end: End = { ctx, listener, parentWord, guests, place: undefined, desk: undefined, isOrphan: false };
  const server = createServer((socket) => admit(end, socket));
  server.maxConnections = mostGuests;
  const place = await settle(ctx, server);
  end.place = place;
  return {
    parentWord,
    place,
    send: (json) => end.desk?.send(json) ?? false,
    backlog: () => end.desk?.backlog() ?? 0,
    isThere: () => end.desk !== undefined,
    orphan: () => void (end.isOrphan = true),
    async close() {
      const closed = new Promise((done) => server.close(done));
      for (const socket of guests) socket.end(() => socket.destroy());
      const giveUp = ctx.clock.after(greetingMs, () => guests.forEach((socket) => socket.destroy()));
      await closed;
      giveUp();
      await clearPlace(place);
    },
  };
}

function admit(end: End, socket: Socket): void {
  end.guests.add(socket);
  const tooLate = end.ctx.clock.after(greetingMs, () => {
    if (end.desk !== guest) guest.cut();
  });
  const guest: JsonSocket = jsonSocket(socket, {
    received(message) {
      if (end.desk !== guest) return greet(end, guest, message);
      const told = readToLine(message);
      if (told) end.listener.received(told);
      return told !== undefined;
    },
    drained: () => void (end.desk === guest && end.listener.drained()),
    ended(how) {
      tooLate();
      end.guests.delete(socket);
      if (end.desk !== guest) return;
      end.desk = undefined;
      end.listener.lost(how);
    },
  });
}

/** False when that is no greeting. */
function greet(end: End, guest: JsonSocket, message: unknown): boolean {
  const hello = readHello(message);
  if (!hello || !end.place) return false;
  const { heirWord, lineWord } = end.place.notice;
  const { parentWord, isOrphan } = end;
  const refused = refusal(hello, { parentWord, heirWord, isOrphan, isTaken: end.desk !== undefined });
  if (refused) {
    guest.send(JSON.stringify({ refused } satisfies Refusal));
    guest.end();
    return true;
  }
  end.desk = guest;
  guest.send(JSON.stringify({ word: lineWord, calls: end.listener.calls() } satisfies Welcome));
  end.listener.met();
  return true;
}

type Due = {
  readonly parentWord: string;
  readonly heirWord: string;
  readonly isOrphan: boolean;
  readonly isTaken: boolean;
};

function refusal(hello: { protocol: number; word: string }, due: Due): Refusal['refused'] | undefined {
  if (hello.protocol !== protocol) return 'protocol';
  const isParent = isSameWord(hello.word, due.parentWord);
  const isHeir = isSameWord(hello.word, due.heirWord);
  if (!isParent && !isHeir) return 'stranger';
  return due.isTaken || (isHeir && !due.isOrphan) ? 'busy' : undefined;
}
