import { createHmac, randomBytes } from 'node:crypto';

type Account = { readonly accountSid: string; readonly authToken: string };

type Target = {
  /** The product's public origin. */
  readonly origin: string;
  readonly account: Account;
  readonly to: string;
  readonly callSid?: string;
  readonly from?: string;
};

/** A webhook for a call that rings, truly signed: for tests and benchmarks that post by themselves. */
export function signedRing({ origin, account, to, callSid = freshCallSid(), from = '+14155550132' }: Target) {
  const fields = { CallSid: callSid, From: from, To: to, CallStatus: 'ringing', Direction: 'inbound' };
  return signedWebhook({ origin, account }, '/carriers/twilio/voice', fields);
}

/** Any webhook of the account, truly signed over URL and sorted fields. */
export function signedWebhook(
  { origin, account }: Pick<Target, 'origin' | 'account'>,
  path: string,
  fields: Readonly<Record<string, string>>,
) {
  const form: Record<string, string> = { AccountSid: account.accountSid, ApiVersion: '2010-04-01', ...fields };
  const names = Object.keys(form).toSorted();
  const signed = origin + path + names.map((name) => `${name}${form[name] ?? ''}`).join('');
  return {
    url: path,
    method: 'POST' as const,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': createHmac('sha1', account.authToken).update(signed).digest('base64'),
    },
    body: new URLSearchParams(form).toString(),
  };
}

/** A carrier's name for a call, never used before. */
export function freshCallSid(): string {
  return `CA${randomBytes(16).toString('hex')}`;
}
