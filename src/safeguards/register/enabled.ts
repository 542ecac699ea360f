import { collector, isOutside, type Config, type OutsideProcessor, type VendorProcessor } from '#base';
import { carriers } from '#adapters/carriers';
import { keyServicesIn } from '#adapters/keys';
import { mailVendors } from '#adapters/mail';
import { models } from '#adapters/models';
import { objectVendors } from '#adapters/objects';
import { signInProcessorsIn } from '#safeguards/factors';
import { partyOf } from './entry.ts';

/** A processor of the installation, as its settings switch it on. */
export type Enabled = {
  readonly party: string;
  readonly processor: OutsideProcessor;
  /** What it carries out: only mail can go another way while the chosen one waits. Spare keys are where keys may move to. */
  readonly does: 'mail' | 'objects' | 'keys' | 'spare-keys' | 'telemetry' | 'sign-in' | 'model';
};

/** Who gets data of this installation by its settings. */
export async function enabledIn(config: Config): Promise<readonly Enabled[]> {
  const services = await keyServicesIn(config);
  const found = [
    ...(await mailIn(config, config.mail)),
    ...(await objectsIn(config)),
    ...services.flatMap(({ processor, isChosen }) => enabled(isChosen ? 'keys' : 'spare-keys', processor, [])),
    ...(config.otlpUrl === undefined ? [] : enabled('telemetry', at(collector, config.otlpUrl), [])),
    ...signInProcessorsIn(config).flatMap((one) => enabled('sign-in', one, isGoogle(one) ? one.hosts : [])),
    ...(config.openaiKey === undefined ? [] : await modelIn(config)),
  ];
  return found;
}

/** Who carried mail before, where what it needs is still set: it goes on while the chosen one waits for its day. */
export async function standInsFor(config: Config): Promise<readonly (Enabled & { readonly mail: Config['mail'] })[]> {
  const ready = { smtp: config.smtpUrl !== undefined, postmark: config.postmarkToken !== undefined };
  const others = (['smtp', 'postmark'] as const).filter((id) => id !== config.mail && ready[id] && config.mailFrom);
  const found = await Promise.all(
    others.map(async (mail) => (await mailIn(config, mail)).map((one) => ({ ...one, mail }))),
  );
  return found.flat();
}

/** What an organisation has connected at a vendor, by the name of its file. */
export async function connectedTo(
  config: Config,
  { kind, vendor }: { readonly kind: 'carrier' | 'model'; readonly vendor: string },
): Promise<readonly OutsideProcessor[]> {
  const all = kind === 'carrier' ? await carriers() : await models();
  const item = all.find(({ id }) => id === vendor)?.item;
  if (!item || !isOutside(item.processor)) return [];
  return [{ ...item.processor, hosts: item.processorFor?.(config).hosts ?? item.processor.hosts }];
}

function enabled(does: Enabled['does'], processor: VendorProcessor, fixed: readonly string[]): readonly Enabled[] {
  return isOutside(processor) ? [{ does, processor, party: partyOf(processor, fixed) }] : [];
}

async function mailIn(config: Config, mail: Config['mail']): Promise<readonly Enabled[]> {
  const item = (await mailVendors()).find(({ id }) => id === mail)?.item;
  if (!item) return [];
  return enabled('mail', { ...item.processor, hosts: item.processorFor(config).hosts }, item.processor.hosts);
}

async function objectsIn(config: Config): Promise<readonly Enabled[]> {
  const item = (await objectVendors()).find(({ id }) => id === config.objects)?.item;
  if (!item) return [];
  return enabled('objects', { ...item.processor, hosts: item.processorFor(config).hosts }, item.processor.hosts);
}

async function modelIn(config: Config): Promise<readonly Enabled[]> {
  const [processor] = await connectedTo(config, { kind: 'model', vendor: 'openai' });
  return processor ? enabled('model', processor, processor.hosts) : [];
}

function at(processor: OutsideProcessor, url: string): OutsideProcessor {
  return { ...processor, hosts: [new URL(url).host] };
}

function isGoogle({ hosts }: OutsideProcessor): boolean {
  return hosts.includes('accounts.google.com');
}
