import type { Clock } from '#base';

/** Circuit breakers, one for each vendor and organisation: after failures in a row nobody is sent there for a while. */
export type Breakers = {
  /** Whether the next call may try; while open, one try is let through each pause. */
  allows(name: string): boolean;
  failed(name: string): void;
  worked(name: string): void;
};

type Breaker = { failures: number; openUntil: number };

const most = 3;
const pauseMs = 30_000;

/** In the memory of this process: another one finds out by itself. A name is `vendor:organisation`. */
export function openBreakers({ clock }: { readonly clock: Clock }): Breakers {
  const breakers = new Map<string, Breaker>();
  return {
    allows(name) {
      const breaker = breakers.get(name);
      if (!breaker || breaker.failures < most) return true;
      if (clock.now() < breaker.openUntil) return false;
      // Half open: this one tries, the others wait for what comes of it.
      breaker.openUntil = clock.now() + pauseMs;
      return true;
    },
    failed(name) {
      const breaker = breakers.get(name) ?? { failures: 0, openUntil: 0 };
      breaker.failures += 1;
      if (breaker.failures >= most) breaker.openUntil = clock.now() + pauseMs;
      breakers.set(name, breaker);
    },
    worked: (name) => void breakers.delete(name),
  };
}
