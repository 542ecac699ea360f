import { join } from 'node:path';
import { loadCatalogue, loadItem, problem, type Config, type Item, type Processor } from '#base';
import type { Mailer, MailReach, MailVendor } from './mail-vendor.ts';

/** Opens what carries the mail of this installation. Throws `vendor-unknown`. */
export async function openMail(reach: MailReach): Promise<Mailer> {
  const { id, item } = await chosen(reach.config);
  return { vendor: id, ...item.open(reach) };
}

/** Who carries the mail of this installation. */
export async function mailProcessor(config: Config): Promise<Processor> {
  return (await chosen(config)).item.processorFor(config);
}

/** Every way by which mail can leave. */
export function mailVendors(): Promise<readonly Item<MailVendor>[]> {
  return loadCatalogue<MailVendor>(join(import.meta.dirname, 'vendors'));
}

async function chosen({ mail }: Config): Promise<Item<MailVendor>> {
  const found = await loadItem<MailVendor>(join(import.meta.dirname, 'vendors'), mail);
  if (!found) throw problem('vendor-unknown', 'SOTTO_MAIL names a file of src/adapters/mail/vendors.');
  return found;
}
