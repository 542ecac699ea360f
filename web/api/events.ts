import { browserClock, openPace, type Change, type Pace } from './pace.ts';
import { isChange } from './shown-by.ts';

/** What the page is to do with what the server tells it. */
export type EventListener = {
  /** Looks up again what shows these things; tells how many requests that takes. */
  readonly refresh: (kind: string, ids: ReadonlySet<string>) => number;
  readonly refreshAll: () => void;
  /** Every change that comes while one looks, as it is told. */
  readonly changed: (change: Change) => void;
  /** Who uses the page is to be asked: the session, the role or the organisation is another one, or gone. */
  readonly whoAmI: () => Promise<unknown>;
  /** Whether the server is heard, once that has been so for a while. */
  readonly heard: (isHeard: boolean) => void;
};

/** A loss that is over sooner is nobody's business. */
const quietMs = 3_000;
/** A page that nobody looks at for so long hears nothing: browsers have six connections for all pages of one server. */
const hiddenMs = 10_000;
const longestPauseMs = 30_000;
/** What comes so soon after a new beginning happened before it, while the page was being loaded. */
const catchingUpMs = 1_000;

/**
 * Hears from the server what changes, for one tab, for as long as somebody looks at it. The browser comes back by itself
 * where it was; where the server refuses, it is asked again with growing patience, and first of all who this is.
 */
export function hearEvents(listener: EventListener): () => void {
  const pace = openPace(browserClock, listener.refresh);
  const loss = openLoss(listener);
  const place: Place = { lastId: '', newAt: -Infinity };
  let source: EventSource | undefined;
  let failures = 0;
  let hasBeenOpen = false;
  let isOver = false;
  let cancelRetry = () => {};

  const close = () => {
    source?.close();
    source = undefined;
    cancelRetry();
  };
  const retry = async () => {
    close();
    loss.begin();
    failures += 1;
    await listener.whoAmI().catch(() => {});
    if (isOver || source || document.hidden) return;
    cancelRetry = browserClock.after(Math.min(1_000 * 2 ** (failures - 1), longestPauseMs), open);
  };
  function open(): void {
    close();
    if (isOver) return;
    source = connect(place, {
      opened() {
        failures = 0;
        if (loss.end() || (hasBeenOpen && place.lastId === '')) listener.refreshAll();
        hasBeenOpen = true;
      },
      told: taker(listener, pace, place),
      // Ten later tabs are open; this one listens again when somebody comes back to it.
      crowded: close,
      lost: loss.begin,
      refused: () => void retry(),
    });
  }
  const stopWatching = whileShown(() => source || open(), close);
  return () => {
    isOver = true;
    stopWatching();
    loss.end();
    pace.clear();
    close();
  };
}

/** After which event to go on, and when this began with none. */
type Place = { lastId: string; newAt: number };

/** What a connection comes to. */
type Ways = {
  readonly opened: () => void;
  readonly told: (event: MessageEvent<string>) => void;
  readonly crowded: () => void;
  /** The browser tries again by itself. */
  readonly lost: () => void;
  /** It does not. */
  readonly refused: () => void;
};

function connect(place: Place, { opened, told, crowded, lost, refused }: Ways): EventSource {
  const after = place.lastId === '' ? '' : `?after=${encodeURIComponent(place.lastId)}`;
  const source = new EventSource(`/api/v1/events${after}`);
  source.addEventListener('open', () => {
    if (place.lastId === '') Object.assign(place, { newAt: performance.now() });
    opened();
  });
  source.addEventListener('changed', told);
  source.addEventListener('resync', told);
  source.addEventListener('crowded', crowded);
  source.addEventListener('over', () => {
    // Whoever this is now, they may see something else.
    Object.assign(place, { lastId: '' });
    refused();
  });
  source.addEventListener('error', () => (source.readyState === EventSource.CLOSED ? refused() : lost()));
  return source;
}

function taker(listener: EventListener, pace: Pace, place: Place): Ways['told'] {
  return ({ type, data, lastEventId }) => {
    if (lastEventId !== '') Object.assign(place, { lastId: lastEventId });
    if (type === 'resync') {
      pace.clear();
      return listener.refreshAll();
    }
    const change: unknown = JSON.parse(data);
    if (!isChange(change)) return;
    if (performance.now() - place.newAt > catchingUpMs) listener.changed(change);
    pace.put(change);
  };
}

/** A loss, which is told once it has lasted; `end` tells whether it had. */
function openLoss({ heard }: Pick<EventListener, 'heard'>) {
  let cancel: (() => void) | undefined;
  let isLong = false;
  return {
    begin() {
      cancel ??= browserClock.after(quietMs, () => {
        isLong = true;
        heard(false);
      });
    },
    end(): boolean {
      const wasLong = isLong;
      cancel?.();
      cancel = undefined;
      isLong = false;
      heard(true);
      return wasLong;
    },
  };
}

/** Opens now and whenever the page is looked at again; closes when nobody has looked at it for a while. */
function whileShown(open: () => void, close: () => void): () => void {
  let cancel = () => {};
  const look = () => {
    cancel();
    if (document.hidden) cancel = browserClock.after(hiddenMs, close);
    else open();
  };
  look();
  document.addEventListener('visibilitychange', look);
  window.addEventListener('focus', look);
  return () => {
    cancel();
    document.removeEventListener('visibilitychange', look);
    window.removeEventListener('focus', look);
  };
}
