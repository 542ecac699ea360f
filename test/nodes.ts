import type { TestContext } from 'node:test';
import { openDb, systemRandom, turnEnd, type Db } from '#base';
import { openBoard, type Board } from '#database';
import { openServer, type Route, type Server } from '#edge';
import { askerByKey } from '#safeguards/accounts';
import { askerBySession, beginSession } from '#safeguards/identity';
import { testDerive } from './cluster.ts';
import { always } from './edge.ts';
import { sender, type House } from './house.ts';
import { waitedFor } from './scaled-clock.ts';

/** A process of an installation that has several: its own connections and board, on the database of the house. */
export type Node = {
  readonly ctx: House['ctx'];
  readonly board: Board;
  readonly server: Server;
  readonly port: number;
  close(): Promise<void>;
};

export type NodeCtx = House['ctx'] & { readonly board: Board };

/** Starts one; it ends with the test, or before. Its clock is the one of the house. */
export async function startNode(
  t: TestContext,
  house: House,
  routesOf: (ctx: NodeCtx) => readonly Route[],
  between: (db: Db) => Db = (db) => db,
): Promise<Node> {
  const connection = house.connection('app');
  const { clock, log } = house.ctx;
  // Not the repeatable one: what several processes make by chance must not be the same.
  const random = systemRandom;
  const board = openBoard({ clock, random, log, connection });
  const tenantKey = testDerive('tenant-token');
  const db = waitedFor(
    { ...clock, during },
    openDb({ connection, role: 'app', tenantKey, poolSize: 4, onTold: board.tell }),
  );
  const ctx = { ...house.ctx, random, db: between(db), board };
  const server = await openServer(ctx, {
    routes: routesOf(ctx),
    admit: always,
    identify: (shown) =>
      shown.by === 'key' ? askerByKey(ctx, shown.key, shown.from) : askerBySession(ctx, shown.token, shown.from, shown),
  });
  const { port } = await server.listen();
  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    await server.close();
    await db.close();
    await board.close();
  };
  t.after(close);
  return { ctx, board, server, port, close };
}

/** Signs somebody in; the cookie as a browser sends it. */
export async function cookieOf({ ctx }: House, identity: string): Promise<string> {
  const state = await beginSession(ctx, { identity, by: 'link', from: sender(), isFresh: true });
  if (state.state !== 'signed-in') throw new Error('nobody new has a second factor');
  return `sotto=${state.token}`;
}

/** Somebody who reads events. */
export type Listener = {
  readonly status: number;
  /** What came, in order: the name of the event and its data, `changed {"kind":…}`. */
  readonly heard: string[];
  /** The id that a browser would come back with. */
  lastId(): string | undefined;
  isOver(): boolean;
  leave(): void;
};

/** Reads the events of a node, as a browser does. */
export async function listenTo(
  { port }: Pick<Node, 'port'>,
  shows: string | Readonly<Record<string, string>>,
  { after, query = '' }: { readonly after?: string | undefined; readonly query?: string } = {},
): Promise<Listener> {
  const leaving = new AbortController();
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/events${query}`, {
    headers: {
      ...(typeof shows === 'string' ? { cookie: shows } : shows),
      ...(after !== undefined && { 'last-event-id': after }),
    },
    signal: leaving.signal,
  });
  const heard: string[] = [];
  const state = { id: undefined as string | undefined, isOver: false };
  void gather(answer, (event) => {
    if (event['id'] !== undefined) state.id = event['id'];
    if (event['data'] !== undefined) heard.push(`${event['event'] ?? 'message'} ${event['data']}`);
  }).finally(() => {
    state.isOver = true;
  });
  return {
    status: answer.status,
    heard,
    lastId: () => state.id,
    isOver: () => state.isOver,
    leave: () => leaving.abort(),
  };
}

async function gather(answer: Response, take: (event: Readonly<Record<string, string>>) => void): Promise<void> {
  let text = '';
  const decoder = new TextDecoder();
  try {
    for await (const chunk of answer.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) {
        const lines = part.split('\n').map((line) => /^([a-z]*): ?(.*)$/.exec(line) ?? []);
        take(Object.fromEntries(lines.map(([, name = '', value = '']) => [name, value])));
      }
    }
  } catch {
    // It was left, or the server is gone.
  }
}

/** How many are waiting for an answer of the database, of whatever node. */
let asking = 0;

async function during<T>(work: () => Promise<T>): Promise<T> {
  asking += 1;
  try {
    return await work();
  } finally {
    asking -= 1;
  }
}

/** How much faster than for real time passes in `until`. */
const speed = 20;

/**
 * Lets the clock of the house run until it is so. It stands while the database is asked, and otherwise does not run so
 * fast that what is on its way between two processes takes minutes of it.
 */
export async function until({ ctx }: House, isSo: () => boolean): Promise<void> {
  let doneMs = performance.now();
  while (!isSo()) {
    await turnEnd();
    const dueMs = Math.floor((performance.now() - doneMs) * speed);
    if (asking === 0) ctx.clock.advance(dueMs);
    doneMs += dueMs / speed;
  }
}
