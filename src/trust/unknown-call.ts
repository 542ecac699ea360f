import type { Reach, SelfRequest } from './claim.ts';
import { ringingFields, signedForCanary } from './ringing.ts';

/**
 * A webhook of the canary's carrier, truly signed, about a call that nobody knows. It goes all the way that the webhook of
 * a caller goes, signature and database included; the answer is that there is no such call, and nothing comes of it.
 */
export function aboutUnknownCall(reach: Pick<Reach, 'canary' | 'origin' | 'random'>): SelfRequest {
  const { carrier, phone } = reach.canary;
  const fields = ringingFields(reach, { accountSid: phone.accountSid, dialled: phone.number });
  return signedForCanary(reach, `/carriers/${carrier}/status`, { ...fields, CallStatus: 'completed' });
}

/** The status of that answer. */
export const unknownCallStatus = 404;
