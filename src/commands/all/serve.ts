import { collectSooner, errorWords, keepAlive, standBack } from '#base';
import { firstStepsOf, openApp, openSenses, welcome, type Senses } from '#app';
import { openLines } from '#media';
import { doubtWords } from '#safeguards/vault';
import { heldWords } from '../held-words.ts';
import type { Command, Io } from '../command.ts';

export default {
  say: 'Answers calls until it is stopped: web, calls, background work and proofs in one process, live audio in another that it starts and watches.',
  options: {},
  async run(io) {
    collectSooner();
    const senses = await openSenses(io.config(), io.log);
    try {
      await serve(senses, io);
    } finally {
      await senses.close();
    }
    io.log('shutdown.done');
    return 0;
  },
} satisfies Command;

async function serve(senses: Senses, io: Io): Promise<void> {
  const app = await openApp(senses, { lines: (desk, ctx) => openLines(ctx, desk) });
  try {
    // What a newcomer needs is known before anybody can ring: once calls are answered, no question may end them.
    const first = await firstStepsOf(senses.ctx);
    const doubt = await senses.ctx.keys.time.doubt();
    const { url, port } = await app.start();
    // From here on pages and books wait for audio, not the other way round; the line was started before.
    standBack();
    io.log('boot.ready', { port });
    const told = first ? { firstRunCode: first.code } : {};
    const more = [...app.held().map(heldWords), ...(doubt ? [doubtWords(doubt)] : [])];
    io.print({ url, port, ...told }, [welcome(senses.ctx.config, url, first), ...more].join('\n'));
    // A promise that is not kept shows on the trust page; it is no reason to leave the phone unanswered.
    await app
      .proveNow(undefined, io.stopped)
      .catch((error: unknown) => io.log('reconciler.failed', { name: 'prove', ...errorWords(error) }));
    await untilStopped(io.stopped);
    // Before it is told: whoever reads that may hurry at once.
    const hurried = io.hurried();
    io.log('shutdown.started');
    await app.drain(hurried);
  } finally {
    await app.close();
  }
}

function untilStopped(stopped: AbortSignal): Promise<void> {
  const letGo = keepAlive();
  return new Promise((resolve) => {
    const done = () => {
      letGo();
      resolve();
    };
    if (stopped.aborted) done();
    else stopped.addEventListener('abort', done, { once: true });
  });
}
