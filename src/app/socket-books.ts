import type { SocketLedger } from '#base';
import type { LineLoad } from '#media';

type Books = {
  /** What the process with the database opened. */
  readonly desk: SocketLedger;
  /** What each line said of itself last. */
  readonly lines: readonly Pick<LineLoad, 'sockets'>[];
  /** Public origin of this installation. */
  readonly origin: string;
};

/** What all processes of the installation opened, in one book: the one with the database, and those with live audio. */
export function socketBooks({ desk, lines, origin }: Books): SocketLedger {
  const books = [withoutSelf(desk, origin), ...lines.map(({ sockets }) => sockets)];
  const sum = (name: 'egress' | 'database') => books.reduce((total, book) => total + book[name], 0);
  return {
    egress: sum('egress'),
    database: sum('database'),
    unexpected: books.flatMap(({ unexpected }) => unexpected),
  };
}

/** A call that the demo plays in this very process comes back to our own address; that is not a way out. */
function withoutSelf(ledger: SocketLedger, origin: string): SocketLedger {
  const { host } = new URL(origin);
  return { ...ledger, unexpected: ledger.unexpected.filter(({ peer }) => peer !== host) };
}
