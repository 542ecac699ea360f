import { problem, type Ctx } from '#base';
import type { ObjectStore } from '#adapters/objects';
import { observe, type ObserveCtx, type Register } from '#safeguards/register';
import { openObjectsNow } from './held-objects.ts';

/**
 * Takes down what the settings have switched on and off since the last start. Throws `processor-held` where keys would be
 * asked for at a place that waits for its day: without keys nothing can be served.
 */
export async function takeUp(ctx: ObserveCtx & Pick<Ctx, 'log'>, register: Register): Promise<void> {
  await observe(ctx);
  await register.refresh();
  const held = register.held();
  for (const { processor } of held) ctx.log('processor.held', { vendor: processor });
  const keys = held.find(({ does }) => does === 'keys');
  if (!keys) return;
  throw problem(
    'processor-held',
    `${keys.name} keeps the keys, and customers have not been told of it for long enough. Move them back with ` +
      `./sotto keys rotate, or decide that it cannot wait: ./sotto processors use ${keys.processor} --urgent --reason "…"`,
  );
}

/** Where objects lie, by what is set and what is held back. */
export function objectsNow(
  ctx: Omit<Ctx, 'db' | 'keys'>,
  register: Pick<Register, 'config' | 'mayReach'>,
): Promise<ObjectStore> {
  const mayReach = () => register.mayReach({ name: 'S3', purpose: '', data: [], region: '', hosts: [] });
  return openObjectsNow({ ...ctx, config: register.config }, ctx.config, mayReach);
}
