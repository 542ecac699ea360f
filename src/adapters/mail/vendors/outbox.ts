import type { VendorProcessor } from '#base';
import type { MailVendor } from '../mail-vendor.ts';

const processor: VendorProcessor = {
  name: 'Own outbox',
  purpose: 'Keeps mails, sealed, on this machine instead of sending them',
  data: [],
  region: 'this machine',
  hosts: [],
  keeps: [],
};

/** Nothing leaves: a mail can be read on the machine itself, with `./sotto outbox`, for a day. */
export default {
  processor,
  processorFor: () => processor,
  open: () => ({
    keepMs: 24 * 60 * 60_000,
    send: () => Promise.resolve({ id: undefined }),
    check: () => Promise.resolve([]),
  }),
} satisfies MailVendor;
