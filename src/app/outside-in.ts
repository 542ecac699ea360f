import { errorWords, startReconcilers, type Ctx, type Egress } from '#base';
import { measurer, type Collector, type Visit } from '#safeguards/uptime';
import { aboutUnknownCall, unknownCallStatus, type CanaryAccount, type SelfRequest } from '#trust';
import type { Carrying } from './live.ts';

type OutsideCtx = Pick<Ctx, 'clock' | 'random' | 'db' | 'log' | 'keys'> & { readonly http: Pick<Egress, 'own'> };

type Given = {
  readonly collector: Collector;
  readonly canary: CanaryAccount;
  readonly origin: () => string;
  readonly carrying: Pick<Carrying, 'isDraining'>;
};

/** Somebody outside waits no longer than that. */
const withinMs = 10_000;

/**
 * Measures the installation at its own public address, over the wire: as a visitor comes, and as a carrier does. Once it
 * is stopped it is written down that it was asked to.
 */
export function startMeasuring(ctx: OutsideCtx, given: Given): { stop(): Promise<void> } {
  const { collector, carrying } = given;
  const uptime = measurer(ctx, { visits: visitsOf(ctx, given), collector, isLeaving: () => carrying.isDraining });
  const running = startReconcilers(ctx, [uptime]);
  return {
    async stop() {
      await running.stop();
      await uptime.leave().catch((error: unknown) => {
        ctx.log('reconciler.failed', { name: uptime.name, ...errorWords(error) });
      });
    },
  };
}

function visitsOf(ctx: OutsideCtx, { canary, origin }: Given): readonly Visit[] {
  const ask = async (request: SelfRequest, expected: number): Promise<boolean> => {
    const { path, ...rest } = request;
    const { status } = await ctx.http.own(origin(), { ...rest, path: path as `/${string}`, withinMs });
    return status === expected;
  };
  return [
    { what: 'visit', ask: () => ask({ method: 'GET', path: '/readyz' }, 200) },
    {
      what: 'webhook-visit',
      ask: () => ask(aboutUnknownCall({ canary, origin: origin(), random: ctx.random }), unknownCallStatus),
    },
  ];
}
