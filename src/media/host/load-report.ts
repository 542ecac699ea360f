import { watchLoopDelay, type Ctx, type Egress, type EgressCount, type SocketWatch } from '#base';
import type { LineLoad } from '../desk.ts';

/** Tells how the line is doing, from when it was opened until it is stopped. */
export type LoadReport = { now(): Promise<void>; stop(): void };

type ReportOptions = {
  readonly look: () => Pick<LineLoad, 'calls' | 'draining'>;
  /** Every connection that this process opens. */
  readonly sockets: Pick<SocketWatch, 'ledger'>;
  /** What the way out counted since the start. */
  readonly ledger: Egress['ledger'];
  /** False when nobody was there to be told. */
  readonly tell: (load: LineLoad) => boolean;
};

const everyMs = 5_000;
/** Peers that nobody accounts for and that are told by name; one is one too many. */
const mostPeers = 20;

/** Tells the desk every 5 s how the line is doing; that it tells at all is the sign that it lives. */
export function openLoadReport({ clock }: Pick<Ctx, 'clock'>, options: ReportOptions): LoadReport {
  const { look, sockets, ledger, tell } = options;
  const watch = watchLoopDelay();
  const told: { egress: readonly EgressCount[] } = { egress: [] };
  const now = async () => {
    stop();
    stop = clock.after(everyMs, () => void now());
    const opened = await sockets.ledger();
    const { p50Ms: delayP50Ms, p99Ms: delayP99Ms } = watch.look();
    const unexpected = opened.unexpected.slice(0, mostPeers);
    const rssBytes = process.memoryUsage.rss();
    const counted = ledger();
    const egress = addedTo(told.egress, counted);
    if (tell({ ...look(), delayP50Ms, delayP99Ms, rssBytes, sockets: { ...opened, unexpected }, egress }))
      told.egress = counted;
  };
  let stop = clock.after(everyMs, () => void now());
  return {
    now,
    stop() {
      stop();
      watch.stop();
    },
  };
}

/** What the second count has more than the first. Counts only grow. */
function addedTo(before: readonly EgressCount[], counted: readonly EgressCount[]): readonly EgressCount[] {
  return counted.flatMap((line) => {
    const { vendor, host, sent, refused, failed, unlisted } = line;
    const old = before.find((one) => one.vendor === vendor && one.host === host);
    if (!old) return [line];
    const more = {
      sent: sent - old.sent,
      refused: refused - old.refused,
      failed: failed - old.failed,
      unlisted: unlisted - old.unlisted,
    };
    return Object.values(more).some((count) => count > 0) ? [{ vendor, host, ...more }] : [];
  });
}
