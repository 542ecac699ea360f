import type { Carrier } from '../carrier.ts';
import { twilioDialect } from '../twilio/dialect.ts';

/** Our own carrier for the demo and the tests: the same wire and the same checks, on this machine. */
export default twilioDialect({
  id: 'emulator',
  processor: {
    name: 'Emulated carrier',
    purpose: 'Calls played on this machine, for the demo and the tests; nothing leaves it',
    data: [],
    region: 'this machine',
    hosts: [],
    keeps: [],
  },
  origin: (config) => config.emulatorBaseUrl,
}) satisfies Carrier;
