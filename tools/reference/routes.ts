import { manualClock, readConfig, seededRandom } from '#base';
import { routesOf } from '#app';
import type { Route } from '#edge';

/** Every route of the product, declared and never run: nothing is behind them. */
export function declaredRoutes(): Promise<readonly Route[]> {
  const config = readConfig({});
  const senses = {
    config,
    clock: manualClock(0),
    random: seededRandom('reference'),
    publicUrl: () => 'http://localhost',
  };
  const nothing = new Proxy(senses, {
    get: (known, name) => (name in known ? known[name as keyof typeof known] : {}),
  });
  return routesOf(nothing as unknown as Parameters<typeof routesOf>[0], nothing as never, () => true);
}
