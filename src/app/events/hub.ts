import { newId, type Cancel, type Clock, type Id, type Random } from '#base';
import type { Board, News } from '#database';
import { instanceId } from '#safeguards/accounts';
import { openSeat, type Seat } from './seat.ts';

/** Where the streams of this node get their news: what came lately, and who is told of it. */
export type Hub = {
  /** Hears the news of the board from now on. */
  listen(board: Board): Cancel;
  /**
   * A place for one more stream. It begins with what came after the news of that id; with everything when nobody knows
   * that id any more; and with the last seconds when none is given, in which a page was being loaded.
   */
  sit(whose: Whose, after: string | undefined): Seat;
  /** The id of the newest news. */
  newest(): string;
};

export type Whose = { readonly organisation: Id; readonly actor: string };

/** So many news are known to whoever comes back. */
const mostNews = 500;
/** How long loading a page may take. */
const loadingMs = 10_000;
/** Streams of one person or key in one organisation. */
const mostSeats = 10;

type Known = { readonly id: string; readonly at: number; readonly news?: News };

/** Opens it, with nothing known: who comes back from an earlier process looks at everything again. */
export function openHub(ctx: { readonly clock: Clock; readonly random: Random }): Hub {
  const people = new Map<string, { readonly organisation: Id; readonly seats: Set<Seat> }>();
  const mark = (): Known => ({ id: newId(ctx), at: ctx.clock.now() });
  let known: Known[] = [mark()];

  const tell = (objects: News['objects'], isMeant: (organisation: Id) => boolean) => {
    for (const { organisation, seats } of people.values()) {
      if (isMeant(organisation)) for (const seat of seats) seat.put(objects);
    }
  };
  const hear = (told: News) => {
    const news = told.organisation === instanceId ? claimsIn(told) : told;
    if (news.objects.length === 0) return;
    known.push({ id: told.id, at: ctx.clock.now(), news });
    if (known.length > mostNews) known = known.slice(-mostNews / 2);
    tell(news.objects, (organisation) => concerns(news, organisation));
  };
  const missed = () => {
    known = [mark()];
    tell('everything', () => true);
  };
  const begin = (seat: Seat, organisation: Id, after: string | undefined) => {
    const at = known.findIndex(({ id }) => id === after);
    if (after !== undefined && at === -1) return seat.put('everything');
    const since = ctx.clock.now() - loadingMs;
    const later = after === undefined ? known.filter((one) => one.at >= since) : known.slice(at + 1);
    for (const { news } of later) if (news && concerns(news, organisation)) seat.put(news.objects);
  };
  return {
    listen: (board) => board.listen({ news: hear, missed }),
    sit({ organisation, actor }, after) {
      const name = `${organisation} ${actor}`;
      const person = people.get(name) ?? { organisation, seats: new Set() };
      people.set(name, person);
      const [first] = person.seats;
      if (first && person.seats.size >= mostSeats) {
        person.seats.delete(first);
        first.giveUp();
      }
      const seat = openSeat(ctx.clock, () => {
        person.seats.delete(seat);
        if (person.seats.size === 0 && people.get(name) === person) people.delete(name);
      });
      person.seats.add(seat);
      begin(seat, organisation, after);
      return seat;
    },
    newest: () => known.at(-1)!.id,
  };
}

/** Of what changes in the installation itself, everybody is told of its claims, and of nothing else. */
function claimsIn(told: News): News {
  if (told.objects === 'everything') return { ...told, objects: ['claims:all'] };
  const claims = told.objects.filter((object) => object.startsWith('claim:'));
  return { ...told, objects: claims.map((object) => object.replace('claim:', 'claims:')) };
}

function concerns(news: News, organisation: Id): boolean {
  return news.organisation === organisation || news.organisation === instanceId;
}
