import { connect } from 'node:net';
import { errorWords, type Clock } from '#base';
import { isSameWord, protocol, readWelcome, type Hello, type Refusal, type Welcome } from './greeting.ts';
import { jsonSocket, type JsonSocket, type SocketEnd } from './json-socket.ts';
import type { Notice } from './place.ts';

/** Called one after the other. */
export type Visitor = {
  met(link: JsonSocket, welcome: Welcome): void;
  /** A message that follows. False: it is none of ours, and the link is cut. */
  received(message: unknown): boolean;
  /** Called after `met`, once. */
  lost(): void;
};

/** How it went: how a link ended, why none came about, or that nobody listens there any more. */
export type Met = SocketEnd | Refusal['refused'] | 'gone' | 'silent';

const withinMs = 5_000;

/** Goes to where a line listens, exchanges words with it and stays for as long as the link holds. */
export function meetLine(
  { clock }: { readonly clock: Clock },
  { notice, word }: { readonly notice: Notice; readonly word: string },
  visitor: Visitor,
): Promise<Met> {
  const { promise, resolve } = Promise.withResolvers<Met>();
  const socket = connect(notice.socket);
  let isMet = false;
  const fail = (why: Met) => {
    resolve(why);
    link.cut();
  };
  const tooLate = clock.after(withinMs, () => fail('silent'));
  const link = jsonSocket(socket, {
    received(message) {
      if (isMet) return visitor.received(message);
      const welcome = readWelcome(message);
      if (!welcome) return false;
      if ('refused' in welcome) fail(welcome.refused);
      else if (!isSameWord(welcome.word, notice.lineWord)) fail('stranger');
      else {
        isMet = true;
        tooLate();
        visitor.met(link, welcome);
      }
      return true;
    },
    drained: () => {},
    ended(how) {
      tooLate();
      if (isMet) visitor.lost();
      resolve(isMet || how === 'malformed' ? how : 'silent');
    },
  });
  socket.on('error', (error) => isNobody(error) && resolve('gone'));
  socket.on('connect', () => link.send(JSON.stringify({ protocol, word } satisfies Hello)));
  return promise;
}

function isNobody(error: unknown): boolean {
  return ['ENOENT', 'ECONNREFUSED'].includes(String(errorWords(error)['code']));
}
