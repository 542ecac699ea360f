import { collector, iso, kebab, type Ctx, type Processor } from '#base';
import { carriers } from '#adapters/carriers';
import { keyProcessors } from '#adapters/keys';
import { mailVendors } from '#adapters/mail';
import { models } from '#adapters/models';
import { objectVendors } from '#adapters/objects';
import { signInProcessors } from '#safeguards/factors';
import { registerState, type Listed } from '#safeguards/register';

/** Which part of the work somebody outside does, in the order in which a call meets them. */
export const flowParts = ['carrier', 'model', 'objects', 'mail', 'sign-in', 'keys', 'telemetry', 'other'] as const;
export type FlowPart = (typeof flowParts)[number];

/** Somebody outside who gets data here, what they get and where, in every language. */
export type FlowStop = Pick<Listed, 'id' | 'name' | 'words' | 'hosts' | 'standing'> & { readonly part: FlowPart };

/** Where data goes, as far as it is switched on or connected here. */
export type FlowState = {
  /** ISO 8601. */
  readonly at: string;
  readonly stops: readonly FlowStop[];
  /** Who runs the machines, as the operator says it. */
  readonly hosting: readonly { readonly name: string; readonly does: string; readonly region: string }[];
};

/** Reads it from the register, which is made from the vendor files and the settings that run. */
export async function flowState(ctx: Pick<Ctx, 'db' | 'clock' | 'keys'>): Promise<FlowState> {
  const [register, partOf] = await Promise.all([registerState(ctx), partsById()]);
  const stops = register.processors
    .filter(({ standing }) => standing !== 'withdrawn')
    .map(({ id, name, words, hosts, standing }) => ({
      id,
      name,
      words,
      hosts,
      standing,
      part: partOf.get(id) ?? ('other' as const),
    }));
  const hosting = register.hosting.map(({ name, does, region }) => ({ name, does, region }));
  return { at: iso(ctx.clock.now()), stops, hosting };
}

/** Which catalogue a vendor file lies in tells what it does. */
async function partsById(): Promise<ReadonlyMap<string, FlowPart>> {
  const [lines, thinkers, mails, stores, keys] = await Promise.all([
    carriers(),
    models(),
    mailVendors(),
    objectVendors(),
    keyProcessors(),
  ]);
  const processors = (all: readonly { readonly item: { readonly processor: Processor } }[]) =>
    all.map(({ item }) => item.processor);
  const catalogues: readonly (readonly [FlowPart, readonly Processor[]])[] = [
    ['carrier', processors(lines)],
    ['model', processors(thinkers)],
    ['objects', processors(stores)],
    ['mail', processors(mails)],
    ['sign-in', signInProcessors],
    ['keys', keys],
    ['telemetry', [collector]],
  ];
  return new Map(catalogues.flatMap(([part, all]) => all.map(({ name }) => [kebab(name), part] as const)));
}
