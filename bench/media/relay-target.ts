import { startChild } from './child.ts';
import { costsBelow } from './process-cost.ts';
import { profiling, type Target } from './target.ts';

/** The yardstick: `children/relay.ts`, which asks nobody's name. */
export const relay: Target = {
  name: 'bare ws relay',
  async start(modelPort, load) {
    const child = await startChild<never>('relay', { args: [`${modelPort}`], flags: profiling(load) });
    return {
      ring: async (number) => ({
        number,
        url: `ws://127.0.0.1:${child.port}/`,
        headers: {},
        accountSid: 'AC00000000000000000000000000000000',
        callSid: `CA${String(number).padStart(32, '0')}`,
        parameters: {},
      }),
      hangUp: async () => {},
      costs: () => costsBelow(child.pid),
      stop: () => child.stop(),
    };
  },
};
