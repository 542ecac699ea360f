import { collector, type VendorProcessor } from '#base';
import { carriers } from '#adapters/carriers';
import { keyProcessors } from '#adapters/keys';
import { mailVendors } from '#adapters/mail';
import { models } from '#adapters/models';
import { objectVendors } from '#adapters/objects';
import { signInProcessors } from '#safeguards/factors';

/** Everyone outside who can get something of us, from the vendor files; what stays on the machine is nobody outside. */
export async function processorsOutside(): Promise<readonly VendorProcessor[]> {
  const catalogues = await Promise.all([carriers(), models(), mailVendors(), objectVendors()]);
  const vendors = catalogues.flat().map(({ item }) => item.processor);
  return [...vendors, ...(await keyProcessors()), ...signInProcessors, collector].filter(({ data }) => data.length > 0);
}
