import pg from 'pg';
import type { Cancel, Clock } from '#base';

const channel = 'sotto_news';

/** How often it is looked whether the connection still answers. */
const checkMs = 20_000;
/** What a connection takes to be made or to answer, at most. */
const patienceMs = 10_000;

/** A connection that listens. */
export type Link = {
  notify(payloads: readonly string[]): Promise<void>;
  /** Rejects when it does not answer. */
  check(): Promise<void>;
  /** Settles when the connection is gone. */
  readonly gone: Promise<void>;
  end(): Promise<void>;
};

/** Connects and listens; `heard` gets the payloads of all nodes from then on. */
export async function openLink(connection: pg.ClientConfig, heard: (payload: string) => void): Promise<Link> {
  const client = new pg.Client({
    ...connection,
    application_name: 'sotto-board',
    keepAlive: true,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
  });
  const { promise: gone, resolve } = Promise.withResolvers<void>();
  client.on('error', () => resolve());
  client.on('end', () => resolve());
  client.on('notification', ({ payload = '' }) => heard(payload));
  const end = () => client.end().catch(() => {});
  try {
    await client.connect();
    await client.query(`listen ${channel}`);
  } catch (error) {
    await end();
    throw error;
  }
  // One after the other: a client has one query at a time.
  let last: Promise<unknown> = Promise.resolve();
  const ask = (text: string, values: unknown[] = []) => {
    const asked = last.then(() => client.query(text, values));
    last = asked.catch(() => {});
    return asked;
  };
  return {
    notify: async (payloads) => {
      await ask('select pg_notify($1, said) from unnest($2::text[]) said', [channel, payloads]);
    },
    check: async () => {
      try {
        await ask('select 1');
      } catch (error) {
        // Whoever is not there would not answer a goodbye either.
        client.connection.stream.destroy();
        throw error;
      }
    },
    gone,
    end,
  };
}

/** Settles when the signal comes; rejects when the link is gone, or does not answer, which is the same. */
export async function stayLinked(link: Link, clock: Clock, closing: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const lost = () => reject(new Error('the connection of the board is gone'));
  let cancel: Cancel = () => {};
  const again = () => {
    cancel = clock.after(checkMs, () => void link.check().then(again, lost));
  };
  again();
  link.gone.then(lost, lost);
  const done = () => resolve();
  closing.addEventListener('abort', done);
  if (closing.aborted) resolve();
  try {
    await promise;
  } finally {
    cancel();
    closing.removeEventListener('abort', done);
  }
}
