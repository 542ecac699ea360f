import { watchLoopDelay, type Ctx, type SocketLedger, type SocketWatch } from '#base';
import type { LineLoad } from '../desk.ts';

/** Tells how the line is doing, from when it was opened until it is stopped. */
export type LoadReport = { now(): void; stop(): void };

type ReportOptions = {
  readonly look: () => Pick<LineLoad, 'calls' | 'draining'>;
  /** Every connection that this process opens. */
  readonly sockets: Pick<SocketWatch, 'ledger'>;
  readonly tell: (load: LineLoad) => void;
};

const everyMs = 5_000;
/** Peers that nobody accounts for and that are told by name; one is one too many. */
const mostPeers = 20;

/** Tells the desk every 5 s how the line is doing; that it tells at all is the sign that it lives. */
export function openLoadReport({ clock }: Pick<Ctx, 'clock'>, { look, sockets, tell }: ReportOptions): LoadReport {
  const watch = watchLoopDelay();
  const report = (ledger: SocketLedger) => {
    const { p50Ms: delayP50Ms, p99Ms: delayP99Ms } = watch.look();
    const unexpected = ledger.unexpected.slice(0, mostPeers);
    const rssBytes = process.memoryUsage.rss();
    tell({ ...look(), delayP50Ms, delayP99Ms, rssBytes, sockets: { ...ledger, unexpected } });
  };
  const now = () => {
    stop();
    stop = clock.after(everyMs, now);
    void sockets.ledger().then(report);
  };
  let stop = clock.after(everyMs, now);
  return {
    now,
    stop() {
      stop();
      watch.stop();
    },
  };
}
