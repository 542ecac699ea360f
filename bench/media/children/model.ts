/**
 * The stand-in speech model, a process of its own, lean enough to be no part of what is measured: speaks the events of
 * the Realtime API, sends every frame back as a delta of its own, and lets callers speak over the answers.
 */
import { answerQuestion } from '../model-text.ts';
import { openSession, type ModelTally, type Session } from '../model-session.ts';
import { openSamples } from '../samples.ts';
import type { ModelReport, News, Order } from '../talk.ts';
import { listenWire } from '../wire.ts';

const tell = (news: News<ModelReport>) => void process.send?.(news);
/** All of this round, those that have ended among them. */
let sessions: Session[] = [];
let tally = freshTally();

const { port } = await listenWire((open) => {
  const session: { current?: Session } = {};
  const wire = open({ text: (message) => session.current?.text(message), closed: () => session.current?.hush() });
  session.current = openSession(wire, tally);
  sessions.push(session.current);
}, answerQuestion);
process.on('message', (order: Order) => {
  if (order.do === 'open') return;
  tally.isMeasuring = order.do === 'measure';
  if (order.do === 'measure') tally.upMs.clear();
  if (order.do === 'hush') sessions.forEach((one) => one.hush());
  if (order.do === 'report') report();
  tell({ done: order.do });
});
process.on('disconnect', () => process.exit(0));
tick();
tell({ ready: { port } });

function freshTally(): ModelTally {
  return { upMs: openSamples(), isMeasuring: false, altered: 0, crossed: 0, silence: 0 };
}

function report(): void {
  const { altered, crossed, silence } = tally;
  tell({
    report: { sessions: sessions.map((one) => one.read()), upMs: tally.upMs.values(), altered, crossed, silence },
  });
  sessions = [];
  tally = freshTally();
}

function tick(): void {
  const now = performance.now();
  for (const one of sessions) one.tick(now);
  setTimeout(tick, 5);
}
