import { createHash } from 'node:crypto';
import type pg from 'pg';
import { errorWords, isId, pause, type Cancel, type Clock, type Id, type Log, type Random } from '#base';
import { openLink, stayLinked, type Link } from './board-link.ts';
import { openUntold } from './untold.ts';

/** Things of one organisation that have changed, as the audit log names them. `id` names the news on every node alike. */
export type News = {
  readonly id: string;
  readonly organisation: Id;
  /** `everything` when they were too many to be named. */
  readonly objects: readonly string[] | 'everything';
};

export type BoardReader = {
  news(news: News): void;
  /** Some may not have been heard: nobody knows what. */
  missed(): void;
};

/**
 * Where the nodes of an installation tell each other what has changed: hints to look again, by name and without
 * content. In the order of PostgreSQL, the same on every node.
 */
export type Board = {
  /** Tells it to all nodes, this one included, a moment later. Waits for nothing, and cannot fail. */
  tell(organisation: Id, objects: readonly string[]): void;
  /** Hears all news from now on; `missed` comes first, and whenever the connection was lost. */
  listen(reader: BoardReader): Cancel;
  /** Tells what is left, if that is possible at once. */
  close(): Promise<void>;
};

type BoardOptions = {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** How `app` signs in. Listening needs a session of its own, so a pooler in between must give one. */
  readonly connection: pg.ClientConfig;
};

/** What happens in one go is told in one go. */
const gatherMs = 150;
/** The longest pause before the next try to connect. */
const longestPauseMs = 10_000;

/**
 * Opens the board on a connection of its own, made when it is first used and again whenever it is lost. Nothing waits for
 * it: what is told meanwhile is told later, or as `missed` when it became too much.
 */
export function openBoard(options: BoardOptions): Board {
  const { clock, random } = options;
  const untold = openUntold(naming(random));
  const readers = new Set<BoardReader>();
  const closing = new AbortController();
  let running: Promise<void> | undefined;
  let link: Link | undefined;
  let isDue = false;

  const flush = async () => {
    isDue = false;
    if (!link || untold.isEmpty()) return;
    await link.notify(untold.take()).catch(() => untold.addAll());
  };
  const begin = () => {
    running ??= keepLinked(options, closing.signal, {
      heard: (payload) => hear(readers, payload),
      async linked(fresh) {
        link = fresh;
        for (const reader of readers) reader.missed();
        await flush();
      },
      lost: () => (link = undefined),
    });
  };
  return {
    tell(organisation, objects) {
      if (closing.signal.aborted) return;
      untold.add(organisation, objects);
      begin();
      if (isDue) return;
      isDue = true;
      clock.after(gatherMs, () => void flush());
    },
    listen(reader) {
      readers.add(reader);
      begin();
      if (link) reader.missed();
      return () => readers.delete(reader);
    },
    async close() {
      await flush();
      closing.abort();
      await running;
    },
  };
}

/** Gives the readers what a payload of `untold.take` says. */
function hear(readers: Iterable<BoardReader>, payload: string): void {
  const [id = '', organisation = '', ...objects] = payload.split(' ');
  for (const reader of readers) {
    if (isId(organisation)) reader.news({ id, organisation, objects: objects[0] === '*' ? 'everything' : objects });
    else reader.missed();
  }
}

type Linking = {
  readonly heard: (payload: string) => void;
  readonly linked: (link: Link) => Promise<void>;
  readonly lost: () => void;
};

/** Has a connection, and another one when it is lost, until the signal comes. */
async function keepLinked(
  { clock, random, log, connection }: BoardOptions,
  closing: AbortSignal,
  { heard, linked, lost }: Linking,
): Promise<void> {
  let failures = 0;
  const stay = async () => {
    const link = await openLink(connection, heard);
    failures = 0;
    log('board.listening');
    try {
      await linked(link);
      await stayLinked(link, clock, closing);
    } finally {
      lost();
      await link.end();
    }
  };
  while (!closing.aborted) {
    await stay().catch((error: unknown) => log('board.lost', errorWords(error)));
    // Several nodes that lost the same database do not come back in the same moment.
    const share = 0.5 + random.bytes(1).readUInt8() / 510;
    await pause(clock, Math.min(250 * 2 ** failures, longestPauseMs) * share, closing);
    failures = Math.min(failures + 1, 6);
  }
}

/** Names that follow from one secret: the same for nobody, and nobody can count by them. */
function naming(random: Random): () => string {
  const secret = random.bytes(32).toString('hex');
  let count = 0;
  return () => {
    count += 1;
    return createHash('sha256').update(`${secret}.${count}`).digest('base64url').slice(0, 16);
  };
}
