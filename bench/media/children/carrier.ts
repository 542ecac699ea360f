/**
 * The emulated carrier, a process of its own: `fork`ed by the benchmark, told what to do over the channel between them.
 * Opens a media stream for each leg, sends a frame every 20 ms in absolute time and checks what comes back.
 */
import { openStream, everyMs, type CarrierTally, type Streaming } from '../carrier-call.ts';
import { openSamples } from '../samples.ts';
import type { CarrierReport, Leg, News, Order } from '../talk.ts';

const tell = (news: News<CarrierReport>) => void process.send?.(news);
const streams: Streaming[] = [];
let tally = freshTally();

process.on('message', (order: Order) => {
  if (order.do === 'open') void open(order.leg);
  else {
    obey(order.do);
    tell({ done: order.do });
  }
});
process.on('disconnect', () => process.exit(0));
tick();
tell({ ready: { port: 0 } });

function freshTally(): CarrierTally {
  const downMs = openSamples();
  const lateMs = openSamples();
  return { downMs, lateMs, isMeasuring: false, altered: 0, crossed: 0, marks: 0 };
}

async function open(leg: Leg): Promise<void> {
  try {
    // Phases that are spread over the 20 ms, so that calls do not speak all at once.
    const phaseMs = (leg.number * 7.3) % everyMs;
    streams.push(await openStream(leg, tally, performance.now() + phaseMs));
    tell({ opened: leg.number });
  } catch (error) {
    tell({ failed: leg.number, why: (error as Error).message });
  }
}

function obey(what: 'measure' | 'rest' | 'hush' | 'report'): void {
  tally.isMeasuring = what === 'measure';
  if (what === 'measure') {
    tally.downMs.clear();
    tally.lateMs.clear();
  }
  if (what === 'hush') streams.forEach((one) => one.hush());
  if (what === 'report') report();
}

function report(): void {
  const calls = streams.map((one) => one.read());
  tell({
    report: {
      calls,
      downMs: tally.downMs.values(),
      lateMs: tally.lateMs.values(),
      altered: tally.altered,
      crossed: tally.crossed,
      marks: tally.marks,
      aheadMs: Math.max(0, ...calls.map(({ aheadMs }) => aheadMs)),
    },
  });
  for (const one of streams.splice(0)) one.end();
  tally = freshTally();
}

/** Runs about every millisecond. A late turn sends what has become due meanwhile, as a network does after a stall. */
function tick(): void {
  const now = performance.now();
  for (const one of streams) one.tick(now);
  setTimeout(tick, 1);
}
