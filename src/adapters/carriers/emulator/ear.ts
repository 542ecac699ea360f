import type { Ear, Ended, Leg } from './leg.ts';

/** The ear that suits, as soon as there is one; rejects once the call is over. */
export async function earWhen(leg: Leg, suits: (ear: Ear) => boolean): Promise<Ear> {
  const found = await leg.until(() => (leg.ear && suits(leg.ear) ? leg.ear : leg.over));
  if ('how' in found) throw callOver(found);
  return found;
}

/** The only thing a caller's method rejects with. */
export function callOver({ how, why }: Ended): Error {
  return new Error(`the call is over: ${why ?? how}`);
}
