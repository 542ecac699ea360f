import { isProblem, pause, type Ctx } from '#base';
import type { Events, ServerEvent, Who } from '#edge';
import type { Hub } from './hub.ts';
import { isOfInterest, readable, type Changed } from './readable.ts';
import type { Seat } from './seat.ts';

export type StreamCtx = Pick<Ctx, 'db' | 'clock' | 'random'>;

/** Whose stream it is, how to look at them again, and after which news it begins. */
export type Reading = {
  readonly who: Who;
  readonly again: () => Promise<Who>;
  readonly after: string | undefined;
};

/** How long a look at who reads is believed when something is to be sent, and how long at all. */
const believedMs = 500;
const lookEveryMs = 10_000;
/** What happens within so long is sent together. */
const gatherMs = 250;
/** After a database that did not answer. */
const retryMs = 2_000;

/**
 * The stream of one reader: `changed` with kind and id of what they may see, `resync` when it is not known what, `over`
 * when they may read no longer, `crowded` when ten later streams of theirs are open. Nothing is sent on an old look at them.
 */
export function streamFor(ctx: StreamCtx, hub: Hub, { who, again, after }: Reading): Events {
  return async function* stream(over): AsyncGenerator<ServerEvent> {
    const seat = hub.sit(who, after);
    const reader: Reader = { who, again, lookedAt: ctx.clock.now() };
    try {
      // Readers of a server that stopped do not all come back in the same moment.
      yield { retryMs: 1_000 + 8 * ctx.random.bytes(1).readUInt8() };
      while (!over.aborted) {
        const { events, isLast } = await next(ctx, hub, { seat, reader });
        yield* events;
        if (isLast) return;
        await pause(ctx.clock, gatherMs, over);
        await seat.until(lookEveryMs, over);
      }
    } finally {
      seat.leave();
    }
  };
}

type Reader = Pick<Reading, 'who' | 'again'> & { lookedAt: number };
type Next = { readonly events: readonly ServerEvent[]; readonly isLast: boolean };
type Place = { readonly seat: Seat; readonly reader: Reader };

/** What is to be sent now, and whether anything comes after it. */
async function next(ctx: StreamCtx, hub: Hub, { seat, reader }: Place): Promise<Next> {
  if (seat.isGivenUp()) return { events: [plainEvent('crowded')], isLast: true };
  const id = hub.newest();
  const objects = seat.take();
  const age = ctx.clock.now() - reader.lookedAt;
  const isDue = isOfInterest(reader.who, objects) ? age > believedMs : age >= lookEveryMs;
  try {
    if (isDue && !(await isStillThere(ctx, reader))) return { events: [plainEvent('over')], isLast: true };
    return { events: eventsOf(await readable(ctx, reader.who, objects), id), isLast: false };
  } catch (error) {
    if (isProblem(error) && error.status < 500) return { events: [plainEvent('over')], isLast: true };
    // Nobody can say now what they may see: it is everything, later.
    seat.put('everything');
    await pause(ctx.clock, retryMs);
    return { events: [], isLast: false };
  }
}

/** Looks at the reader again; whoever has another organisation or role now, goes on with another stream. */
async function isStillThere({ clock }: StreamCtx, reader: Reader): Promise<boolean> {
  const at = clock.now();
  const { organisation, actor } = await reader.again();
  reader.lookedAt = at;
  return organisation === reader.who.organisation && actor === reader.who.actor;
}

/** Only the last one bears the id: who did not get so far comes back with the one before. */
function eventsOf(seen: readonly Changed[] | 'everything', id: string): readonly ServerEvent[] {
  if (seen === 'everything') return [{ ...plainEvent('resync'), id }];
  const changed = seen.map((one): ServerEvent => ({ event: 'changed', data: JSON.stringify(one) }));
  const last = changed.pop();
  return [...changed, { ...last, id }];
}

/** Without data nobody would hear of it. */
function plainEvent(event: string): ServerEvent {
  return { event, data: '{}' };
}
